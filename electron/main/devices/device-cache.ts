import type { ChannelId, DeviceId } from "../../../shared/base/ids.ts";
import { Topic } from "../../../shared/base/topic.ts";
import type { DeviceChange } from "../../../shared/contract/devices.ts";
import type { Device } from "../../../shared/model/device.ts";
import type { Sighting } from "../../../shared/model/sighting.ts";

/** The stored devices as main knows them, and the feed of their changes. Always set after the store. */
export class DeviceCache {
  readonly changed = new Topic<DeviceChange>();
  readonly #devices = new Map<DeviceId, Device>();
  #sequence = 0;

  load(devices: readonly Device[]): void {
    for (const device of devices) this.#devices.set(device.id, device);
  }

  list(): Device[] {
    return [...this.#devices.values()];
  }

  get(id: DeviceId): Device | undefined {
    return this.#devices.get(id);
  }

  ofChannel(id: ChannelId): Device | undefined {
    return this.list().find((device) => device.channels.some((channel) => channel.id === id));
  }

  /** The device that a sighting is, by endpoint reference, else MAC; never by address. */
  ofSighting(sighting: Pick<Sighting, "endpointReference" | "mac">): Device | undefined {
    const { endpointReference, mac } = sighting;
    return (
      this.list().find(
        ({ identity }) => endpointReference !== null && identity.endpointReference === endpointReference,
      ) ?? this.list().find(({ identity }) => mac !== null && identity.mac === mac)
    );
  }

  /** Takes the device as the store has it now and tells everybody. */
  save(device: Device): void {
    this.#devices.set(device.id, device);
    this.#publish("saved", device.id);
  }

  /** Changes what the store keeps without anybody needing to know at once. */
  touch(device: Device): void {
    this.#devices.set(device.id, device);
  }

  remove(id: DeviceId): void {
    if (this.#devices.delete(id)) this.#publish("removed", id);
  }

  #publish(kind: DeviceChange["kind"], deviceId: DeviceId): void {
    this.#sequence += 1;
    this.changed.publish({ sequence: this.#sequence, kind, deviceId });
  }
}
