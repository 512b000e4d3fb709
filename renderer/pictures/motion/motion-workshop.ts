import type { KeyDecoder } from "../key-decoder.ts";
import { PictureError, type PictureFault } from "../picture-work.ts";
import { gridOf, type Luma } from "./luma-grid.ts";
import { MotionModel, type Look } from "./motion-model.ts";
import type { MotionAnswer, MotionBatch, MotionOrder } from "./motion-work.ts";

export interface MotionWorkshopDeps {
  readonly decoder: Pick<KeyDecoder, "decode">;
  readonly answer: (answer: MotionAnswer) => void;
  /** The brightness of a decoded picture; the picture is closed afterwards. */
  readonly lumaOf: (frame: VideoFrame) => Promise<Luma>;
}

/** The worker's side of a motion search: decodes batches one after the other and compares their pictures. */
export class MotionWorkshop {
  readonly #deps: MotionWorkshopDeps;
  #model = new MotionModel([], "normal");
  #work: Promise<void> = Promise.resolve();

  constructor(deps: MotionWorkshopDeps) {
    this.#deps = deps;
  }

  receive(order: MotionOrder): void {
    if (order.type === "begin") this.#model = new MotionModel(order.regions, order.sensitivity);
    else this.#work = this.#work.then(async () => this.#deps.answer(await this.#look(order)));
  }

  async #look({ request, config, keys }: MotionBatch): Promise<MotionAnswer> {
    const looks: Look[] = [];
    let looking: Promise<void> = Promise.resolve();
    let fault: PictureFault | null = null;
    try {
      await this.#deps.decoder.decode(
        config,
        keys.map(({ sample }) => sample),
        (frame, index) => {
          looking = looking.then(async () => {
            const at = keys[index]?.at;
            try {
              if (at !== undefined) looks.push(this.#model.look(gridOf(await this.#deps.lumaOf(frame)), at));
            } finally {
              frame.close();
            }
          });
        },
      );
    } catch (error) {
      fault = faultOf(error);
    }
    // What was decoded before a failure counts.
    await looking.catch((error: unknown) => {
      fault = faultOf(error);
    });
    return { request, looks, fault };
  }
}

const faultOf = (error: unknown): PictureFault =>
  error instanceof PictureError
    ? error.fault
    : { kind: "broken", detail: (error instanceof Error ? error.message : String(error)).slice(0, 300) };
