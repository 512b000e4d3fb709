import { randomUUID } from "node:crypto";
import type { Clock } from "../../../shared/base/clock.ts";
import { PlaybackId, type ChannelId } from "../../../shared/base/ids.ts";
import { fail, ok, type Result } from "../../../shared/base/result.ts";
import type { MediaReport } from "../../../shared/contract/media-port.ts";
import type { Playback } from "../../../shared/contract/recording.ts";
import { StreamRole } from "../../../shared/model/stream.ts";
import type { Store } from "../../store/store.ts";
import { askMedia, type MediaLink } from "./media-ask.ts";

export interface PlaybackServiceDeps {
  readonly clock: Clock;
  readonly media: MediaLink;
  readonly root: string;
  readonly store: Pick<Store, "listRecordingFiles">;
  /** Writes down how far the open files have come, so that the newest pictures are found. */
  readonly settle: () => Promise<void>;
}

/** What a window wants to play. */
export interface PlaybackOrder {
  readonly channels: readonly ChannelId[];
  readonly role: StreamRole;
  readonly from: number;
  readonly to: number;
}

const limitMs = 15_000;

/** Lets windows play recorded spans: finds the files and hands them, with the permission, to the media process. */
export class PlaybackService {
  readonly #deps: PlaybackServiceDeps;

  constructor(deps: PlaybackServiceDeps) {
    this.#deps = deps;
  }

  async open(windowId: number, order: PlaybackOrder): Promise<Result<Playback, string>> {
    const { media, clock, root, store, settle } = this.#deps;
    const { role, from, to } = order;
    await settle();
    const channels = [...new Set(order.channels)];
    const tracks = await Promise.all(
      channels.map(async (channelId) => {
        // A channel whose wanted stream is not recorded shows the one that is.
        for (const each of [role, ...StreamRole.options.filter((other) => other !== role)]) {
          const files = await store.listRecordingFiles({ channelId, role: each }, from, to);
          if (files.length > 0) return { channelId, role: each, files };
        }
        return { channelId, role, files: [] };
      }),
    );
    const id = PlaybackId.parse(randomUUID());
    const command = {
      type: "open-playback" as const,
      playback: id,
      windowId,
      root,
      from,
      to,
      tracks: tracks.map(({ channelId, files }) => ({ channelId, files })),
    };
    const found = await askMedia(media, clock, command, (report) => answerTo(id, report), limitMs);
    if (found === undefined) return fail("the media process did not answer; it may be starting again");
    const roles = new Map(tracks.map((track) => [track.channelId, track.role]));
    return ok({
      id,
      tracks: found.tracks.map((track) => ({ ...track, role: roles.get(track.channelId) ?? role })),
    });
  }

  close(id: PlaybackId): void {
    this.#deps.media.send({ type: "close-playback", playback: id });
  }
}

const answerTo = (
  id: PlaybackId,
  report: MediaReport,
): Extract<MediaReport, { type: "playback" }> | undefined =>
  report.type === "playback" && report.playback === id ? report : undefined;
