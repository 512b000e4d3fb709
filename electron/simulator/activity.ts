import type { Clock } from "../../shared/base/clock.ts";
import { demoDay } from "./demo-day.ts";
import type { SimulatedCamera } from "./site-api.ts";

const outdoor = new Set(["gate", "car-park", "loading-bay", "perimeter"]);

/** As much of a camera as a day at the site needs. */
export type ActiveCamera = Pick<SimulatedCamera, "name" | "play" | "raise" | "scene">;

export interface ActivityDeps {
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly signal: AbortSignal;
}

/**
 * A site with people on it, until the signal aborts: motion comes and goes where they pass, and what `demoDay` has
 * for a place happens there again and again.
 */
export function playActivity(cameras: readonly ActiveCamera[], deps: ActivityDeps): void {
  for (const camera of cameras) if (outdoor.has(camera.scene)) void comeAndGo(camera, deps);
  for (const { place, firstMs, everyMs, script } of demoDay) {
    // The first of that name: sixty cameras are not seven break-ins at once.
    const camera = cameras.find(({ name }) => name === place);
    if (camera !== undefined) void repeat(camera, { firstMs, everyMs, script }, deps);
  }
}

async function comeAndGo(camera: ActiveCamera, { clock, random, signal }: ActivityDeps): Promise<void> {
  let active = false;
  while (await waited((active ? 3_000 : 8_000) + random() * 12_000, clock, signal)) {
    active = !active;
    camera.raise("motion", { active });
  }
}

async function repeat(
  camera: ActiveCamera,
  { firstMs, everyMs, script }: Pick<(typeof demoDay)[number], "everyMs" | "firstMs" | "script">,
  { clock, signal }: ActivityDeps,
): Promise<void> {
  const lastsMs = script.reduce((sum, { afterMs }) => sum + afterMs, 0);
  if (!(await waited(firstMs, clock, signal))) return;
  do await camera.play(script, signal);
  while (await waited(everyMs - lastsMs, clock, signal));
}

/** False: the signal came first. */
const waited = (ms: number, clock: Clock, signal: AbortSignal): Promise<boolean> =>
  clock.sleep(ms, signal).then(
    () => true,
    (error: unknown) => {
      if (signal.aborted) return false;
      throw error;
    },
  );
