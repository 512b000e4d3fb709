import type { Clock } from "../../../shared/base/clock.ts";
import type { AskedAddress, FoundDevice } from "../../drivers/onvif/ask-address.ts";
import { SoapError } from "../../drivers/soap/soap-error.ts";
import { usualPorts } from "./typed-address.ts";

export interface SweepDeps {
  readonly clock: Clock;
  readonly ask: (address: AskedAddress, signal: AbortSignal) => Promise<FoundDevice>;
  readonly found: (address: AskedAddress, device: FoundDevice) => void;
  /** Called now and then with the share done, 0 to 1. */
  readonly progress: (share: number) => void;
}

/** Connections tried at the same time. */
export const sweepConcurrency = 128;

/**
 * Asks every host on the usual ports whether an ONVIF device lives there, without any login.
 *
 * Resolves with the number of tries when all are done or the signal aborts. A host that was found is not
 * asked on further ports.
 */
export async function sweep(hosts: readonly string[], deps: SweepDeps, signal: AbortSignal): Promise<number> {
  const done = new Set<string>();
  const queue = addresses(hosts);
  const total = hosts.length * usualPorts.length;
  let tries = 0;
  const work = async (): Promise<void> => {
    for (let next = queue.next(); next.done !== true && !signal.aborted; next = queue.next()) {
      const address = next.value;
      tries += 1;
      if (tries % 64 === 0) deps.progress(tries / total);
      if (done.has(address.host)) continue;
      try {
        const device = await deps.ask(address, signal);
        if (done.has(address.host)) continue;
        done.add(address.host);
        deps.found(address, device);
      } catch (error) {
        // Most addresses are empty; that is the expected outcome.
        if (!(error instanceof SoapError)) throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: sweepConcurrency }, work));
  return tries;
}

/** Port by port over all hosts, so that no host gets all tries at once. */
function* addresses(hosts: readonly string[]): Generator<AskedAddress, undefined> {
  for (const { port, tls } of usualPorts) {
    for (const host of hosts) yield { host, port, tls, path: "/onvif/device_service" };
  }
  return undefined;
}
