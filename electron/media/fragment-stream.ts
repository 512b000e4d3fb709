/** One moof+mdat on its way to windows, playlists and (later) recordings. */
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
