import { PictureError, type PictureAnswer, type PictureFault, type PictureOrder } from "./picture-work.ts";
import type { KeyDecoder } from "./key-decoder.ts";

export interface PictureWorkshopDeps {
  readonly decoder: Pick<KeyDecoder, "decodeOne">;
  readonly answer: (answer: PictureAnswer) => void;
  /** Makes a small JPEG of a decoded picture. */
  readonly shrink: (frame: VideoFrame, widthPx: number) => Promise<Blob>;
}

type Order = Extract<PictureOrder, { type: "picture" }>;

/** The worker's side: takes orders, makes pictures one after the other, answers each once. */
export class PictureWorkshop {
  readonly #deps: PictureWorkshopDeps;
  readonly #waiting: Order[] = [];
  #isWorking = false;

  constructor(deps: PictureWorkshopDeps) {
    this.#deps = deps;
  }

  receive(order: PictureOrder): void {
    if (order.type === "cancel") {
      const at = this.#waiting.findIndex(({ request }) => request === order.request);
      if (at >= 0) this.#waiting.splice(at, 1);
      return;
    }
    this.#waiting.push(order);
    if (!this.#isWorking) void this.#work();
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    for (let order = this.#waiting.shift(); order !== undefined; order = this.#waiting.shift()) {
      this.#deps.answer(await this.#make(order));
    }
    this.#isWorking = false;
  }

  async #make({ request, config, sample, widthPx }: Order): Promise<PictureAnswer> {
    try {
      const frame = await this.#deps.decoder.decodeOne(config, sample);
      try {
        return { type: "made", request, jpeg: await this.#deps.shrink(frame, widthPx) };
      } finally {
        frame.close();
      }
    } catch (error) {
      return { type: "failed", request, fault: faultOf(error) };
    }
  }
}

function faultOf(error: unknown): PictureFault {
  if (error instanceof PictureError) return error.fault;
  return { kind: "broken", detail: (error instanceof Error ? error.message : String(error)).slice(0, 300) };
}

/** Draws a picture small; never larger than it is. */
export async function jpegOf(frame: VideoFrame, widthPx: number): Promise<Blob> {
  const { displayWidth, displayHeight } = frame;
  const width = Math.max(1, Math.min(widthPx, displayWidth));
  const height = Math.max(1, Math.round((width * displayHeight) / Math.max(1, displayWidth)));
  const canvas = new OffscreenCanvas(width, height);
  const drawing = canvas.getContext("2d");
  if (drawing === null) throw new Error("no drawing surface for the picture");
  drawing.imageSmoothingQuality = "high";
  drawing.drawImage(frame, 0, 0, width, height);
  return await canvas.convertToBlob({ type: "image/jpeg", quality: 0.8 });
}
