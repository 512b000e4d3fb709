import type { Clock } from "../../../shared/base/clock.ts";
import { askAddress, type AskedAddress, type FoundDevice } from "../../drivers/onvif/ask-address.ts";
import { SoapError } from "../../drivers/soap/soap-error.ts";
import { usualPorts } from "./typed-address.ts";

/** How far a sweep is. */
export interface SweepTally {
  readonly tries: number;
  readonly devices: number;
  readonly elapsedMs: number;
  /** 0 to 1 */
  readonly share: number;
}

export interface SweepDeps {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly found: (device: AskedAddress & FoundDevice) => void;
  /** Called now and then, and at the end. */
  readonly progress: (tally: SweepTally) => void;
}

/** Connections tried at the same time. */
export const sweepConcurrency = 128;

/**
 * Asks every host on the usual ports whether an ONVIF device lives there, without any login.
 *
 * Resolves when all are done or the signal aborts. A host that was found is not asked on further ports.
 */
export async function sweep(hosts: readonly string[], deps: SweepDeps): Promise<void> {
  const { clock, signal, found, progress } = deps;
  const startedMs = clock.monotonicMs();
  const done = new Set<string>();
  const queue = addresses(hosts);
  const total = hosts.length * usualPorts.length;
  let tries = 0;
  const tell = (): void =>
    progress({ tries, devices: done.size, elapsedMs: clock.monotonicMs() - startedMs, share: tries / total });
  const work = async (): Promise<void> => {
    for (let next = queue.next(); next.done !== true && !signal.aborted; next = queue.next()) {
      const address = next.value;
      if (done.has(address.host)) continue;
      tries += 1;
      if (tries % 64 === 0) tell();
      try {
        const device = await askAddress(address, {
          clock,
          signal,
          connectMs: 500,
          answerMs: 2_000,
          acceptsLoginPrompt: false,
        });
        if (done.has(address.host)) continue;
        done.add(address.host);
        found({ ...address, ...device });
      } catch (error) {
        // Most addresses are empty; that is the expected outcome.
        if (!(error instanceof SoapError)) throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: sweepConcurrency }, work));
  tell();
}

/** Port by port over all hosts, so that no host gets all tries at once. */
function* addresses(hosts: readonly string[]): Generator<AskedAddress, undefined> {
  for (const { port, tls } of usualPorts) {
    for (const host of hosts) yield { host, port, tls, path: "/onvif/device_service" };
  }
  return undefined;
}
