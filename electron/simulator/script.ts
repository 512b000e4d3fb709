import type { Clock } from "../../shared/base/clock.ts";
import type { ScriptStep, SimulatedCamera } from "./site-api.ts";

/** Runs the steps one after the other; ends early, without an error, when a signal aborts or the camera goes off. */
export async function runScript(
  script: readonly ScriptStep[],
  deps: {
    readonly camera: SimulatedCamera;
    readonly clock: Clock;
    readonly signal: AbortSignal | undefined;
    readonly off: AbortSignal;
  },
): Promise<void> {
  const { camera, clock, signal, off } = deps;
  const ended = new AbortController();
  const end = (): void => ended.abort(new Error("the script ended"));
  signal?.addEventListener("abort", end, { once: true });
  try {
    for (const step of script) {
      if (signal?.aborted === true) return;
      await clock.sleep(step.afterMs, ended.signal);
      // A reboot of its own is part of the script; being switched off is its end.
      if (off.aborted && camera.state === "off") return;
      await runStep(step, camera);
    }
  } catch (error) {
    if (!ended.signal.aborted) throw error;
  } finally {
    signal?.removeEventListener("abort", end);
  }
}

async function runStep(step: ScriptStep, camera: SimulatedCamera): Promise<void> {
  if ("raise" in step) {
    const { raise, active, source } = step;
    camera.raise(raise, {
      ...(active === undefined ? {} : { active }),
      ...(source === undefined ? {} : { source }),
    });
  } else if ("event" in step) camera.raiseRaw(step.event);
  else if ("setFault" in step) camera.setFault(step.setFault);
  else if ("clearFault" in step) camera.clearFault(step.clearFault);
  else if ("skewClockMs" in step) camera.skewClock(step.skewClockMs);
  else await camera.reboot(step.reboot);
}
