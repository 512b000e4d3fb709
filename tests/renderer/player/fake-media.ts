/** Browser media as far as the player uses it, driven by the test: nothing is decoded, frames are presented by hand. */

type FrameCallback = (now: number, metadata: { readonly mediaTime: number }) => void;

const callbacks = new WeakMap<HTMLVideoElement, Map<number, FrameCallback>>();
let nextHandle = 1;

class FakeTimeRanges {
  readonly ranges: (readonly [number, number])[] = [];
  get length(): number {
    return this.ranges.length;
  }
  start(index: number): number {
    return this.ranges[index]?.[0] ?? 0;
  }
  end(index: number): number {
    return this.ranges[index]?.[1] ?? 0;
  }
}

/** Takes whatever is appended; completes in a microtask, like a quick decoder. */
export class FakeSourceBuffer extends EventTarget {
  updating = false;
  readonly buffered = new FakeTimeRanges();
  readonly appended: Uint8Array[] = [];
  readonly types: string[] = [];
  readonly removed: (readonly [number, number])[] = [];
  /** Thrown by the next append. */
  failNext: Error | undefined;

  appendBuffer(bytes: Uint8Array): void {
    const failure = this.failNext;
    this.failNext = undefined;
    if (failure !== undefined) throw failure;
    this.appended.push(bytes);
    this.#complete();
  }
  remove(start: number, end: number): void {
    this.removed.push([start, end]);
    this.#complete();
  }
  changeType(type: string): void {
    this.types.push(type);
  }
  abort(): void {
    this.updating = false;
  }
  #complete(): void {
    this.updating = true;
    queueMicrotask(() => {
      this.updating = false;
      this.dispatchEvent(new Event("updateend"));
    });
  }
}

/** Every MediaSource made since `installFakeMedia`, oldest first. */
export class FakeMediaSource extends EventTarget {
  static made: FakeMediaSource[] = [];
  static playable: (type: string) => boolean = (type) => type.includes("avc1");
  static isTypeSupported(type: string): boolean {
    return FakeMediaSource.playable(type);
  }
  readyState = "closed";
  readonly buffers: FakeSourceBuffer[] = [];
  constructor() {
    super();
    FakeMediaSource.made.push(this);
  }
  addSourceBuffer(type: string): FakeSourceBuffer {
    const buffer = new FakeSourceBuffer();
    buffer.types.push(type);
    this.buffers.push(buffer);
    return buffer;
  }
  open(): void {
    this.readyState = "open";
    this.dispatchEvent(new Event("sourceopen"));
  }
}

/** Puts the fakes into the page; call before each test. */
export function installFakeMedia(): void {
  FakeMediaSource.made = [];
  FakeMediaSource.playable = (type) => type.includes("avc1");
  Object.assign(globalThis, { MediaSource: FakeMediaSource });
  URL.createObjectURL = (source) => {
    if (source instanceof FakeMediaSource) queueMicrotask(() => source.open());
    return "blob:fake";
  };
  URL.revokeObjectURL = () => undefined;
  const prototype = HTMLVideoElement.prototype;
  const define = (name: string, value: unknown): void => {
    Object.defineProperty(prototype, name, { configurable: true, writable: true, value });
  };
  define("play", () => Promise.resolve());
  define("pause", () => undefined);
  define("load", () => undefined);
  define("buffered", new FakeTimeRanges());
  define("readyState", 0);
  define("videoWidth", 640);
  define("videoHeight", 360);
  define("getVideoPlaybackQuality", () => ({ droppedVideoFrames: 0, totalVideoFrames: 0 }));
  define("requestVideoFrameCallback", function request(this: HTMLVideoElement, callback: FrameCallback) {
    const own = callbacks.get(this) ?? new Map<number, FrameCallback>();
    callbacks.set(this, own);
    own.set(nextHandle, callback);
    return nextHandle++;
  });
  define("cancelVideoFrameCallback", function cancel(this: HTMLVideoElement, handle: number) {
    callbacks.get(this)?.delete(handle);
  });
}

/** The browser puts the frame at `mediaTime` on the screen. */
export function present(video: HTMLVideoElement, mediaTime: number): void {
  const own = callbacks.get(video);
  const waiting = [...(own?.values() ?? [])];
  own?.clear();
  for (const callback of waiting) callback(0, { mediaTime });
}
