import type { MediaLink, MediaNews, MediaOrder, MediaResponse } from "../../../renderer/player/media-link.ts";
import type { SourceStatus } from "../../../shared/model/stream-status.ts";

/** One order the player placed. */
export interface FakeOrder {
  readonly order: MediaOrder;
  readonly say: (news: MediaNews) => void;
  readonly acknowledged: number[];
  isClosed: boolean;
}

/** The media process as the player sees it; the test says what comes. */
export class FakeLink implements MediaLink {
  readonly orders: FakeOrder[] = [];

  open(order: MediaOrder, onNews: (news: MediaNews) => void): ReturnType<MediaLink["open"]> {
    const placed: FakeOrder = { order, say: onNews, acknowledged: [], isClosed: false };
    this.orders.push(placed);
    return {
      appended: (sequence) => placed.acknowledged.push(sequence),
      get: () => Promise.resolve<MediaResponse>({ status: 404, contentType: "", bytes: null }),
      close: () => {
        placed.isClosed = true;
      },
    };
  }

  openPlayback(): ReturnType<MediaLink["openPlayback"]> {
    return {
      get: () => Promise.resolve<MediaResponse>({ status: 404, contentType: "", bytes: null }),
      close: () => undefined,
    };
  }

  openReplay(): ReturnType<MediaLink["openReplay"]> {
    return this.openPlayback();
  }

  get stillOpen(): readonly FakeOrder[] {
    return this.orders.filter((order) => !order.isClosed);
  }

  last(): FakeOrder {
    const order = this.orders.at(-1);
    if (order === undefined) throw new Error("nothing was ordered");
    return order;
  }
}

export const playing: SourceStatus = {
  kind: "playing",
  since: 0,
  codec: "H264",
  width: 640,
  height: 360,
  fps: 10,
  bitrateKbps: 500,
  audio: null,
  transport: "tcp",
  lostPackets: 0,
  malformedPackets: 0,
  reconnects: 0,
  arrivalTime: false,
};

/** An initialisation segment. */
export function init(codecs = "avc1.4d401f"): MediaNews {
  const bytes = new Uint8Array([0]);
  return { type: "init", subscription: 0, epoch: 1, codecs, width: 640, height: 360, fps: 10, bytes };
}

/** One frame, `sequence` tenths of a second into the timeline. */
export function frame(sequence: number, capturedAt: number): MediaNews {
  return {
    type: "fragment",
    subscription: 0,
    epoch: 1,
    sequence,
    isKeyframe: sequence === 0,
    bytes: new Uint8Array([1]),
    frames: [{ presentationS: sequence / 10, capturedAt }],
  };
}
