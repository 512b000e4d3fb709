import type { ChannelId } from "../../../shared/base/ids.ts";
import type { MediaReport } from "../../../shared/contract/media-port.ts";
import type { LocationId } from "../../../shared/model/storage.ts";

/** So many bytes came to a channel's recordings in a location. */
export interface Growth {
  readonly channelId: ChannelId;
  readonly locationId: LocationId;
  readonly bytes: number;
}

interface OpenFile {
  readonly channelId: ChannelId;
  readonly locationId: LocationId;
  bytes: number;
}

/** How the open files grow, as the media process says: what rates are made of. */
export class GrowthBook {
  readonly #open = new Map<string, OpenFile>();

  hear(report: MediaReport): readonly Growth[] {
    if (report.type === "ready") this.#open.clear();
    if (report.type === "recording-opened") {
      const { path, channelId, locationId } = report;
      this.#open.set(path, { channelId, locationId, bytes: 0 });
    }
    if (report.type === "recording-grown") return report.files.flatMap((file) => this.#grew(file));
    if (report.type !== "recording-closed") return [];
    const growth = this.#grew(report);
    this.#open.delete(report.path);
    return growth;
  }

  #grew({ path, bytes }: { readonly path: string; readonly bytes: number }): readonly Growth[] {
    const file = this.#open.get(path);
    if (file === undefined) return [];
    const growth = { channelId: file.channelId, locationId: file.locationId, bytes: bytes - file.bytes };
    file.bytes = bytes;
    return growth.bytes > 0 ? [growth] : [];
  }
}
