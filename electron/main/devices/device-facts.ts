import type { DeviceId } from "../../../shared/base/ids.ts";
import type { Topic, Unsubscribe } from "../../../shared/base/topic.ts";
import type { DeviceChange } from "../../../shared/contract/devices.ts";
import type { Device } from "../../../shared/model/device.ts";
import type { ConsoleFact } from "../../../shared/model/event.ts";

export interface DeviceFactsDeps {
  readonly devices: {
    list(): readonly Device[];
    get(id: DeviceId): Device | undefined;
    readonly changed: Topic<DeviceChange>;
  };
  /** Keeps what the console noticed as events. */
  readonly note: (facts: readonly ConsoleFact[]) => void;
}

/** What stands of a device, as it was last told. */
interface Standing {
  readonly isLost: boolean;
  readonly isRefused: boolean;
  readonly isClockOff: boolean;
}

const well: Standing = { isLost: false, isRefused: false, isClockOff: false };
/** Further off than this many cameras refuse a login, and pictures of one moment look like two. */
const clockOffMs = 5_000;
/** Below this it is right again: between the two nothing is said. */
const clockRightMs = 2_000;

/**
 * Notes when a device is lost, refuses its login or has a wrong clock, and when that is over, once each.
 *
 * What stood before the console started was told then, so only its end is told.
 */
export class DeviceFacts {
  readonly #deps: DeviceFactsDeps;
  readonly #known = new Map<DeviceId, Standing>();
  #end: Unsubscribe | undefined;

  constructor(deps: DeviceFactsDeps) {
    this.#deps = deps;
  }

  /** Call once the stored devices are there. */
  start(): void {
    const { devices } = this.#deps;
    for (const device of devices.list()) this.#known.set(device.id, standingOf(device, well));
    this.#end = devices.changed.subscribe(({ deviceId }) => this.#look(deviceId));
  }

  stop(): void {
    this.#end?.();
  }

  #look(id: DeviceId): void {
    const { devices, note } = this.#deps;
    const device = devices.get(id);
    if (device === undefined) {
      this.#known.delete(id);
      return;
    }
    const before = this.#known.get(id) ?? well;
    const now = standingOf(device, before);
    this.#known.set(id, now);
    const facts = factsOf(device, before, now);
    if (facts.length > 0) note(facts);
  }
}

function standingOf({ state, clockOffsetMs }: Device, before: Standing): Standing {
  const isFailing = state.kind === "unreachable" || state.kind === "degraded";
  const refuses = isFailing && (state.reason === "unauthorised" || state.reason === "locked-out");
  const offMs = Math.abs(clockOffsetMs ?? 0);
  return {
    isLost: state.kind === "unreachable",
    // While it is silent nobody knows better.
    isRefused: refuses || (before.isRefused && state.kind === "unreachable"),
    isClockOff: before.isClockOff ? offMs >= clockRightMs : offMs > clockOffMs,
  };
}

function factsOf(device: Device, before: Standing, now: Standing): ConsoleFact[] {
  const { id, state, channels, clockOffsetMs } = device;
  // The camera of a device that has one: its picture and its answers fail as one.
  const channelId = channels.length === 1 ? (channels[0]?.id ?? null) : null;
  const why = state.kind === "unreachable" || state.kind === "degraded" ? state.detail : "";
  const facts: ConsoleFact[] = [];
  const tell = (type: ConsoleFact["type"], was: boolean, is: boolean, detail: string): void => {
    if (was === is) return;
    facts.push({ type, state: is ? "begun" : "ended", deviceId: id, channelId, detail });
  };
  tell("device-lost", before.isLost, now.isLost, now.isLost ? why : "it answers again");
  tell("login-refused", before.isRefused, now.isRefused, now.isRefused ? why : "the login is taken again");
  tell(
    "clock-drift",
    before.isClockOff,
    now.isClockOff,
    `the device's clock is ${signed(clockOffsetMs)} off`,
  );
  return facts;
}

/** "+12.3 s" */
const signed = (offsetMs: number | null): string =>
  `${(offsetMs ?? 0) < 0 ? "−" : "+"}${(Math.abs(offsetMs ?? 0) / 1_000).toFixed(1)} s`;
