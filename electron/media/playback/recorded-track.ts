import type { RecordedFile } from "../../../shared/contract/media-port.ts";
import type { KeyEntry } from "../../drivers/recording-file/key-index.ts";
import type { Scan } from "../../drivers/recording-file/scan.ts";

/** A file of a playback and what was found in it. */
export interface IndexedFile {
  readonly file: RecordedFile;
  readonly scan: Scan;
}

/** Bytes of one file that can be decoded from their beginning. */
export interface Chunk {
  readonly path: string;
  /** Of its storage location; null: the playback's own. */
  readonly root: string | null;
  readonly offset: number;
  readonly bytes: number;
  /** UTC ms of its first picture. */
  readonly startAt: number;
  readonly ticks: number;
  readonly durationTicks: number;
  /** Number of its initialisation segment. */
  readonly init: number;
  /** It does not go on where the one before it ended. */
  readonly isDiscontinuous: boolean;
}

/** What a playlist is made of. */
export interface RecordedTrack {
  readonly inits: readonly Buffer[];
  /** About `chunkS` long, each from a keyframe on. */
  readonly chunks: readonly Chunk[];
  /** One keyframe each, standing until the next one. */
  readonly keys: readonly Chunk[];
  /** The same groups of pictures whole. */
  readonly groups: readonly Chunk[];
  readonly from: number | null;
  readonly to: number | null;
}

const ticksPerS = 90_000;
const chunkTicks = 6 * ticksPerS;
/** Files of one run whose timelines are further apart have lost one between them. */
const seamTicks = 1 * ticksPerS;

interface Piece extends KeyEntry {
  readonly path: string;
  readonly root: string | null;
  readonly nextOffset: number;
  readonly nextTicks: number;
  readonly init: number;
  readonly isDiscontinuous: boolean;
}

/** Cuts the files of a channel, in order of time, into chunks; only groups of pictures that touch the span. */
export function cutTrack(
  files: readonly IndexedFile[],
  span: { readonly from: number; readonly to: number },
): RecordedTrack {
  const inits: Buffer[] = [];
  const pieces: Piece[] = [];
  let before: IndexedFile | undefined;
  let to: number | null = null;
  for (const one of files) {
    const { scan, file } = one;
    const goesOn =
      before?.file.run === file.run &&
      Math.abs((scan.keys[0]?.ticks ?? 0) - before.scan.endTicks) < seamTicks;
    if (inits.at(-1)?.equals(scan.init) !== true) inits.push(scan.init);
    let isDiscontinuous = !goesOn;
    for (const [index, key] of scan.keys.entries()) {
      const next = scan.keys[index + 1];
      const endAt = next?.capturedAt ?? scan.endAt;
      if (endAt <= span.from || key.capturedAt >= span.to) {
        isDiscontinuous = true;
        continue;
      }
      pieces.push({
        ...key,
        path: file.path,
        root: file.root,
        nextOffset: next?.offset ?? scan.endOffset,
        nextTicks: next?.ticks ?? scan.endTicks,
        init: inits.length - 1,
        isDiscontinuous,
      });
      isDiscontinuous = false;
      to = Math.max(to ?? 0, endAt);
    }
    before = one;
  }
  return {
    inits,
    chunks: join(pieces),
    keys: pieces.map((piece) => chunkOf(piece, piece, piece.offset + piece.keyBytes)),
    groups: pieces.map((piece) => chunkOf(piece, piece, piece.nextOffset)),
    from: pieces[0]?.capturedAt ?? null,
    to,
  };
}

function join(pieces: readonly Piece[]): readonly Chunk[] {
  const chunks: Chunk[] = [];
  let first: Piece | undefined;
  let last: Piece | undefined;
  const end = (): void => {
    if (first && last) chunks.push(chunkOf(first, last, last.nextOffset));
  };
  for (const piece of pieces) {
    const fits =
      first !== undefined &&
      first.path === piece.path &&
      !piece.isDiscontinuous &&
      piece.nextTicks - first.ticks <= chunkTicks;
    if (!fits) {
      end();
      first = piece;
    }
    last = piece;
  }
  end();
  return chunks;
}

const chunkOf = (first: Piece, last: Piece, endOffset: number): Chunk => ({
  path: first.path,
  root: first.root,
  offset: first.offset,
  bytes: endOffset - first.offset,
  startAt: first.capturedAt,
  ticks: first.ticks,
  durationTicks: Math.max(1, last.nextTicks - first.ticks),
  init: first.init,
  isDiscontinuous: first.isDiscontinuous,
});

/** What a playlist says of a chunk. */
type ListedChunk = Pick<Chunk, "startAt" | "durationTicks" | "init" | "isDiscontinuous">;

/** A whole playlist (RFC 8216): every chunk with its UTC, gaps as discontinuities. */
export function writeRecordedPlaylist(chunks: readonly ListedChunk[], kind: "chunk" | "key"): string {
  const seconds = (chunk: ListedChunk): number => chunk.durationTicks / ticksPerS;
  const longest = chunks.reduce((most, chunk) => Math.max(most, Math.ceil(seconds(chunk))), 1);
  const lines = [
    "#EXTM3U",
    "#EXT-X-VERSION:7",
    `#EXT-X-TARGETDURATION:${longest}`,
    "#EXT-X-PLAYLIST-TYPE:VOD",
    "#EXT-X-MEDIA-SEQUENCE:0",
    "#EXT-X-INDEPENDENT-SEGMENTS",
  ];
  let init: number | undefined;
  for (const [number, chunk] of chunks.entries()) {
    if (chunk.isDiscontinuous && number > 0) lines.push("#EXT-X-DISCONTINUITY");
    if (chunk.init !== init)
      lines.push(`#EXT-X-MAP:URI="${kind === "key" ? "still" : "init"}-${chunk.init}.mp4"`);
    init = chunk.init;
    lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(chunk.startAt).toISOString()}`);
    lines.push(`#EXTINF:${seconds(chunk).toFixed(5)},`, `${kind}-${number}.m4s`);
  }
  lines.push("#EXT-X-ENDLIST");
  return `${lines.join("\n")}\n`;
}
