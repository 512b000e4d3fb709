import { connect } from "node:net";
import type { Clock } from "../../../shared/base/clock.ts";
import { SoapClient } from "../soap/soap-client.ts";
import { connectionError, SoapError } from "../soap/soap-error.ts";
import { askEndpointReference, askTime } from "./device-calls.ts";

/** An address a person asked about, in full. */
export interface AskedAddress {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly path: string;
}

export interface AskOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** For the TCP connection alone: dead addresses must not cost much. */
  readonly connectMs: number;
  /** For each answer. */
  readonly answerMs: number;
  /** Take "login needed" for an answer too, as is right when a person named this very address. */
  readonly acceptsLoginPrompt: boolean;
}

/** An ONVIF device is there. */
export interface FoundDevice {
  readonly endpointReference: string | null;
}

/**
 * Asks one address, without any login, whether an ONVIF device lives there.
 *
 * Resolves when it answers SOAP to GetSystemDateAndTime; throws `SoapError` otherwise.
 */
export async function askAddress(address: AskedAddress, options: AskOptions): Promise<FoundDevice> {
  await connectOnce(address.host, address.port, options.connectMs, options.signal);
  const client = new SoapClient({
    clock: options.clock,
    target: { host: address.host, port: address.port, tls: address.tls, fingerprint: null },
    login: null,
    loginKind: null,
    clockOffsetMs: 0,
    deadlineMs: options.answerMs,
  });
  try {
    try {
      await askTime(client, address.path, options.clock, options.signal);
    } catch (error) {
      if (!(error instanceof SoapError) || !isOnvif(error, options.acceptsLoginPrompt)) throw error;
    }
    return { endpointReference: await quietReference(client, address.path, options.signal) };
  } finally {
    client.close();
  }
}

/** A SOAP fault is a device that wants something else; a bare 401 could be any web page. */
function isOnvif(error: SoapError, acceptsLoginPrompt: boolean): boolean {
  return error.fault !== undefined || (acceptsLoginPrompt && error.reason === "unauthorised");
}

async function quietReference(client: SoapClient, path: string, signal: AbortSignal): Promise<string | null> {
  try {
    return await askEndpointReference(client, path, signal);
  } catch (error) {
    // Optional in ONVIF; identity is asked for again when the device is adopted.
    if (error instanceof SoapError) return null;
    throw error;
  }
}

/** Opens and closes one TCP connection; rejects with a `SoapError`. */
function connectOnce(host: string, port: number, limitMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new SoapError({ reason: "closed", words: "cancelled" }));
      return;
    }
    const socket = connect({ host, port });
    const end = (error?: SoapError): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
      socket.destroy();
      if (error === undefined) resolve();
      else reject(error);
    };
    const abort = (): void => end(new SoapError({ reason: "closed", words: "cancelled" }));
    const timer = setTimeout(
      () => end(new SoapError({ reason: "timeout", words: "nobody answers at this address" })),
      limitMs,
    );
    signal.addEventListener("abort", abort, { once: true });
    socket.once("connect", () => end());
    socket.once("error", (error) => end(connectionError(error)));
  });
}
