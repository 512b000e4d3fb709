import type { Luma } from "./luma-grid.ts";

/** Formats whose first plane is the brightness, a byte a pixel. */
const planar: ReadonlySet<unknown> = new Set(["I420", "I420A", "I422", "I444", "NV12"]);
/** Pictures in other formats are drawn this wide to read them. */
const drawnWidth = 640;

/** Reads the brightness of decoded pictures into memory that it uses again: valid until the next call. */
export class LumaReader {
  #memory = new Uint8Array();
  #canvas: OffscreenCanvas | undefined;

  async read(frame: VideoFrame): Promise<Luma> {
    if (!planar.has(frame.format)) return this.#draw(frame);
    const bytes = frame.allocationSize();
    if (this.#memory.length < bytes) this.#memory = new Uint8Array(bytes);
    const [plane] = await frame.copyTo(this.#memory);
    const { width, height } = frame.visibleRect ?? { width: frame.codedWidth, height: frame.codedHeight };
    if (plane === undefined) throw new Error("the picture has no brightness");
    return { bytes: this.#memory.subarray(plane.offset), stride: plane.stride, width, height };
  }

  /** Ten bits, or pictures that stay in the graphics memory. */
  #draw(frame: VideoFrame): Luma {
    const width = Math.min(drawnWidth, frame.displayWidth);
    const height = Math.max(1, Math.round((width * frame.displayHeight) / Math.max(1, frame.displayWidth)));
    this.#canvas ??= new OffscreenCanvas(width, height);
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    const drawing = this.#canvas.getContext("2d", { willReadFrequently: true });
    if (drawing === null) throw new Error("no drawing surface for the picture");
    drawing.drawImage(frame, 0, 0, width, height);
    const { data } = drawing.getImageData(0, 0, width, height);
    const bytes = new Uint8Array(width * height);
    for (let pixel = 0; pixel < bytes.length; pixel += 1) {
      const at = pixel * 4;
      const [red = 0, green = 0, blue = 0] = [data[at], data[at + 1], data[at + 2]];
      bytes[pixel] = (red * 54 + green * 183 + blue * 19) >> 8;
    }
    return { bytes, stride: width, width, height };
  }
}
