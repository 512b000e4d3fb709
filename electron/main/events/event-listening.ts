import type { Clock } from "../../../shared/base/clock.ts";
import type { DeviceId } from "../../../shared/base/ids.ts";
import { Topic } from "../../../shared/base/topic.ts";
import type { Device } from "../../../shared/model/device.ts";
import type { ConsoleFact, EventType, NewEvent } from "../../../shared/model/event.ts";
import type { Log } from "../../../shared/model/log.ts";
import { SoapClient } from "../../drivers/soap/soap-client.ts";
import { SoapError } from "../../drivers/soap/soap-error.ts";
import type { Store } from "../../store/store.ts";
import { certificateOf, revealDeviceLogin, type Reveal } from "../access/device-login.ts";
import { EventChannel, type ListeningState } from "./event-channel.ts";
import { MessageSorter } from "./message-sorter.ts";

export interface EventListeningDeps {
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly store: Pick<Store, "listDeviceCertificates" | "listEventTopics">;
  readonly devices: { list(): readonly Device[]; get(id: DeviceId): Device | undefined };
  readonly reveal: Reveal;
  readonly record: (events: readonly NewEvent[]) => void;
  readonly note: (facts: readonly ConsoleFact[]) => void;
}

interface Ear {
  readonly channel: EventChannel;
  readonly sorter: MessageSorter;
  /** What the connection depends on: another one, and it is made anew. */
  signature: string;
  stateKind: Device["state"]["kind"];
}

/** How one device's events stand, for whoever shows it. */
export interface DeviceListening {
  readonly deviceId: DeviceId;
  readonly state: ListeningState;
}

const tickEveryMs = 2_000;

/** Listens to every device that has events, and turns what they say into events of the site. */
export class EventListening {
  readonly #deps: EventListeningDeps;
  /** A device's listening state, after it changed. */
  readonly changed = new Topic<DeviceListening>();
  readonly #ears = new Map<DeviceId, Ear>();
  readonly #chosen = new Map<string, EventType | "ignored">();
  readonly #ends = new AbortController();
  #ticking: Promise<void> = Promise.resolve();

  constructor(deps: EventListeningDeps) {
    this.#deps = deps;
  }

  /** Begins to listen to all that is adopted. */
  async start(): Promise<void> {
    await this.topicsChanged();
    for (const device of this.#deps.devices.list()) this.#consider(device);
    this.#ticking = this.#tick(this.#ends.signal);
  }

  /** Ends every subscription; at most two seconds. */
  async stop(): Promise<void> {
    this.#ends.abort(new Error("no longer listening"));
    const ears = [...this.#ears.values()];
    this.#ears.clear();
    await Promise.all(ears.map(({ channel }) => channel.stop()));
    await this.#ticking;
  }

  /** How each device that has events stands. */
  list(): DeviceListening[] {
    return [...this.#ears].map(([deviceId, { channel }]) => ({ deviceId, state: channel.state }));
  }

  /** A device was stored, changed or removed. */
  async deviceChanged(id: DeviceId): Promise<void> {
    const device = this.#deps.devices.get(id);
    if (device !== undefined && isHeard(device)) {
      this.#consider(device);
      return;
    }
    const ear = this.#ears.get(id);
    this.#ears.delete(id);
    await ear?.channel.stop();
  }

  /** The vault was unlocked, or a login changed: those who are not heard are tried again. */
  loginsChanged(): void {
    for (const { channel } of this.#ears.values()) {
      if (channel.state.kind !== "listening") channel.wake(true);
    }
  }

  /** A person decided what a topic is. */
  async topicsChanged(): Promise<void> {
    const topics = await this.#deps.store.listEventTopics();
    this.#chosen.clear();
    for (const { topic, type } of topics) if (type !== null) this.#chosen.set(topic, type);
  }

  #consider(device: Device): void {
    if (!isHeard(device) || this.#ends.signal.aborted) return;
    const signature = signatureOf(device);
    const known = this.#ears.get(device.id);
    if (known === undefined) {
      const ear = this.#ear(device, signature);
      this.#ears.set(device.id, ear);
      ear.channel.start();
      return;
    }
    const isOther = known.signature !== signature;
    const isBack = known.stateKind === "unreachable" && device.state.kind !== "unreachable";
    known.signature = signature;
    known.stateKind = device.state.kind;
    if (isOther || isBack) known.channel.wake(isOther);
  }

  #ear(device: Device, signature: string): Ear {
    const { clock, random, log, devices, record, note } = this.#deps;
    const { id } = device;
    const sorter = new MessageSorter({ clock, chosenType: (topic) => this.#chosen.get(topic) ?? null });
    const channel = new EventChannel({
      clock,
      random,
      open: () => this.#open(id),
      path: () => eventPath(devices.get(id)),
      heard: (messages, unreadable) => {
        const now = devices.get(id);
        if (now === undefined) return;
        const events = sorter.sort(messages, now);
        if (events.length > 0) record(events);
        if (unreadable > 0) log.warn("event messages could not be read", { device: id, count: unreadable });
      },
      changed: (state) => this.changed.publish({ deviceId: id, state }),
      deafened: (since, why) => {
        log.warn("device is deaf: no events", { device: id, why });
        note([
          {
            type: "deaf",
            state: "begun",
            occurredAt: since,
            deviceId: id,
            detail: why,
            channelId: only(devices.get(id)),
          },
        ]);
      },
      blind: (from, to, why, wasTold) => {
        const seconds = ((to - from) / 1_000).toFixed(1);
        const detail = `events may be missing for ${seconds} s: ${why}`;
        log.info("device is heard again", { device: id, blindMs: to - from });
        const fact = { type: "deaf", deviceId: id, detail, channelId: only(devices.get(id)) } as const;
        note([
          ...(wasTold ? [] : [{ ...fact, state: "begun", occurredAt: from } as const]),
          { ...fact, state: "ended", occurredAt: to },
        ]);
      },
    });
    return { channel, sorter, signature, stateKind: device.state.kind };
  }

  async #open(id: DeviceId): Promise<SoapClient> {
    const { clock, devices } = this.#deps;
    const device = devices.get(id);
    if (device === undefined) throw new SoapError({ reason: "not-found", words: "the device was removed" });
    const { address, login: loginKind, clockOffsetMs } = device;
    const { host, port, tls } = address;
    const fingerprint = tls ? await certificateOf(id, this.#deps.store) : null;
    const login = await revealDeviceLogin(device.credentialId, this.#deps.reveal);
    const target = { host, port, tls, fingerprint };
    return new SoapClient({ clock, target, login, loginKind, clockOffsetMs: clockOffsetMs ?? 0 });
  }

  async #tick(signal: AbortSignal): Promise<void> {
    const { clock, devices, record } = this.#deps;
    while (!signal.aborted) {
      await clock.sleep(tickEveryMs, signal).catch(ignoreEnd);
      for (const [id, { sorter }] of this.#ears) {
        const device = devices.get(id);
        const events = device === undefined ? [] : sorter.tick(device);
        if (events.length > 0) record(events);
      }
    }
  }
}

/** The end of the wait is seen by the signal. */
function ignoreEnd(): void {}

const isHeard = (device: Device): boolean =>
  device.hasEvents && device.state.kind !== "retired" && eventPath(device) !== undefined;

const eventPath = (device: Device | undefined): string | undefined =>
  device?.services.find(({ name }) => name === "events")?.path;

/** The camera of a device that has one: what is missing is missing on its lane. */
const only = (device: Device | undefined) =>
  device?.channels.length === 1 ? (device.channels[0]?.id ?? null) : null;

const signatureOf = (device: Device): string =>
  JSON.stringify([device.address, device.credentialId, device.login, eventPath(device)]);
