import type { Clock } from "../../shared/base/clock.ts";
import type { SimulatedCamera } from "./site-api.ts";

const outdoor = new Set(["gate", "car-park", "loading-bay", "perimeter"]);

/** Motion that comes and goes by itself where people and vehicles pass, until the signal aborts. */
export function playActivity(
  cameras: readonly SimulatedCamera[],
  deps: { readonly clock: Clock; readonly random: () => number; readonly signal: AbortSignal },
): void {
  for (const camera of cameras) if (outdoor.has(camera.scene)) void comeAndGo(camera, deps);
}

async function comeAndGo(
  camera: SimulatedCamera,
  {
    clock,
    random,
    signal,
  }: { readonly clock: Clock; readonly random: () => number; readonly signal: AbortSignal },
): Promise<void> {
  let active = false;
  while (!signal.aborted) {
    try {
      await clock.sleep((active ? 3_000 : 8_000) + random() * 12_000, signal);
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    active = !active;
    camera.raise("motion", { active });
  }
}
