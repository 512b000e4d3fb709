import { open } from "node:fs/promises";
import path from "node:path";
import type { HlsResponse } from "../../drivers/hls/hls-origin.ts";
import { stretchSample } from "../../drivers/recording-file/fragment-head.ts";
import { firstSample } from "../../drivers/recording-file/first-sample.ts";
import { groupSamples, packSamples } from "../../drivers/recording-file/group-samples.ts";
import { readerOf } from "../../drivers/recording-file/open-recording.ts";
import { referenceTimeBytes } from "../../drivers/recording-file/reference-time.ts";
import { RecordingFileError } from "../../drivers/recording-file/recording-file-error.ts";
import { silentInit } from "../../drivers/recording-file/silent-init.ts";
import { writeKeyList } from "./key-list.ts";
import { writeRecordedPlaylist, type Chunk, type RecordedTrack } from "./recorded-track.ts";

/** Larger than any group of pictures that the recorder lets through. */
const maxChunkBytes = 256 * 1024 * 1024;
const notFound: HlsResponse = { status: 404, contentType: "text/plain", bytes: undefined };
const playlist = (text: string): HlsResponse => ({
  status: 200,
  contentType: "application/vnd.apple.mpegurl",
  bytes: new TextEncoder().encode(text),
});
const media = (bytes: Buffer, contentType = "video/mp4"): HlsResponse => ({
  status: 200,
  contentType,
  // Memory of its own: what is posted to a window holds nothing else.
  bytes: new Uint8Array(bytes),
});

/** Answers what hls.js asks of one recorded channel. A file that is gone meanwhile is 404, nothing else. */
export class PlaybackReader {
  readonly #root: string;
  readonly #track: RecordedTrack;

  constructor(root: string, track: RecordedTrack) {
    this.#root = root;
    this.#track = track;
  }

  /**
   * `index.m3u8`, `init-N.mp4`, `chunk-N.m4s`; for fast play `keys.m3u8`, `still-N.mp4`, `key-N.m4s`; for single
   * pictures `pictures.json`, `sample-N.bin`; to play backwards `group-N.bin`, all pictures of the same group.
   */
  async get(name: string): Promise<HlsResponse> {
    const { chunks, keys, groups, inits } = this.#track;
    if (name === "index.m3u8")
      return chunks.length > 0 ? playlist(writeRecordedPlaylist(chunks, "chunk")) : notFound;
    if (name === "keys.m3u8")
      return keys.length > 0 ? playlist(writeRecordedPlaylist(keys, "key")) : notFound;
    if (name === "pictures.json") return media(writeKeyList(this.#track), "application/json");
    const found = /^(init|still|chunk|key|sample|group)-(\d{1,7})\.(?:mp4|m4s|bin)$/.exec(name);
    const number = Number(found?.[2]);
    const init = inits[number];
    switch (found?.[1] ?? "") {
      case "init":
        return init === undefined ? notFound : media(init);
      case "still":
        return init === undefined ? notFound : this.#still(init);
      case "chunk":
        return this.#bytes(chunks[number]);
      case "key":
        return this.#bytes(keys[number], (bytes, chunk) => stretchKey(bytes, chunk));
      case "sample":
        return this.#sample(keys[number]);
      case "group":
        return this.#group(groups[number]);
      default:
        return notFound;
    }
  }

  #still(init: Buffer): HlsResponse {
    try {
      return media(silentInit(init));
    } catch (error) {
      if (error instanceof RecordingFileError) return notFound;
      throw error;
    }
  }

  async #bytes(
    chunk: Chunk | undefined,
    change?: (bytes: Buffer, chunk: Chunk) => void,
  ): Promise<HlsResponse> {
    const bytes = await this.#read(chunk);
    if (chunk === undefined || bytes === undefined) return notFound;
    change?.(bytes, chunk);
    return media(bytes);
  }

  async #group(chunk: Chunk | undefined): Promise<HlsResponse> {
    const bytes = await this.#read(chunk);
    const samples = bytes === undefined ? [] : groupSamples(bytes);
    return samples.length === 0 ? notFound : media(packSamples(samples), "application/octet-stream");
  }

  async #sample(chunk: Chunk | undefined): Promise<HlsResponse> {
    const bytes = await this.#read(chunk);
    const sample = bytes && firstSample(bytes);
    return sample === undefined ? notFound : media(sample, "application/octet-stream");
  }

  /** Undefined when they are gone: deleted by retention, cut off, or the disk is away. The player goes on behind. */
  async #read(chunk: Chunk | undefined): Promise<Buffer | undefined> {
    if (chunk === undefined || chunk.bytes > maxChunkBytes) return undefined;
    try {
      const file = await open(path.join(chunk.root ?? this.#root, chunk.path), "r");
      try {
        const bytes = await readerOf(file)(chunk.offset, chunk.bytes);
        return bytes.length < chunk.bytes ? undefined : bytes;
      } finally {
        await file.close();
      }
    } catch (error) {
      if (error instanceof Error && "code" in error) return undefined;
      throw error;
    }
  }
}

function stretchKey(bytes: Buffer, chunk: Chunk): void {
  const moof = bytes.subarray(referenceTimeBytes);
  if (moof.length >= 108 && moof.toString("latin1", 4, 8) === "moof")
    stretchSample(moof, chunk.durationTicks);
}
