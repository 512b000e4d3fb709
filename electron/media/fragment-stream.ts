/** One moof+mdat on its way to windows, playlists and recordings. */
export interface StreamFragment {
  readonly track: "video" | "audio";
  readonly epoch: number;
  readonly bytes: Buffer<ArrayBuffer>;
  readonly isKeyframe: boolean;
  /** Seconds on the source's media timeline. */
  readonly presentationS: number;
  readonly durationS: number;
  /** Capture time, this computer's UTC ms. */
  readonly capturedAt: number;
  /** Pictures only: when it was whole here, this computer's UTC ms. */
  readonly arrivedAt?: number;
  /** Pictures only: what the device's own clock showed, UTC ms; absent where it told no time. */
  readonly deviceAt?: number;
}

/** Frames that belong to the same initialisation segment: one connection, one picture format. */
export interface StreamEpoch {
  readonly epoch: number;
  readonly videoInit: Buffer<ArrayBuffer>;
  readonly videoCodecs: string;
  /** With sound; undefined when the source has none that can be played. */
  readonly soundInit: Buffer<ArrayBuffer> | undefined;
  readonly soundCodecs: string | undefined;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
}
