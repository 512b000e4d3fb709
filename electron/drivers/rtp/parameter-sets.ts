import { BitReader, rbspOf } from "../nal/bit-reader.ts";
import { NalError } from "../nal/nal-error.ts";
import type { NalCodec, NalKind } from "./nal-kinds.ts";

type SetKind = Extract<NalKind, "video-set" | "sequence-set" | "picture-set">;
const maxOfAKind = 32;
const maxBytes = 4096;

/** The parameter sets a stream uses now, by kind and id, and whether they changed. */
export class ParameterSets {
  readonly #codec: NalCodec;
  readonly #sets = new Map<string, { readonly kind: SetKind; readonly bytes: Buffer }>();
  #lastSequenceSet: Buffer | undefined;
  #version = 0;

  constructor(codec: NalCodec) {
    this.#codec = codec;
  }

  /** Grows whenever the content of a set changes. */
  get version(): number {
    return this.#version;
  }

  /** The sequence parameter set that changed last: it describes the picture. */
  get sequenceSet(): Buffer | undefined {
    return this.#lastSequenceSet;
  }

  of(kind: SetKind): readonly Buffer[] {
    return [...this.#sets.values()].filter((set) => set.kind === kind).map((set) => set.bytes);
  }

  get isComplete(): boolean {
    const needed: readonly SetKind[] =
      this.#codec === "H264" ? ["sequence-set", "picture-set"] : ["video-set", "sequence-set", "picture-set"];
    return needed.every((kind) => this.of(kind).length > 0);
  }

  /** Takes over a set (copied). False when it cannot be one. */
  take(kind: SetKind, nal: Uint8Array): boolean {
    const id = nal.length <= maxBytes ? this.#idOf(kind, nal) : undefined;
    if (id === undefined) return false;
    const key = `${kind} ${id}`;
    const known = this.#sets.get(key);
    if (known?.bytes.equals(nal)) return true;
    if (known === undefined && this.of(kind).length >= maxOfAKind) return false;
    const bytes = Buffer.from(nal);
    this.#sets.set(key, { kind, bytes });
    if (kind === "sequence-set") this.#lastSequenceSet = bytes;
    this.#version += 1;
    return true;
  }

  #idOf(kind: SetKind, nal: Uint8Array): number | undefined {
    const isH264 = this.#codec === "H264";
    try {
      const reader = new BitReader(rbspOf(nal.subarray(0, 64), isH264 ? 1 : 2));
      if (kind === "video-set") return reader.bits(4);
      if (kind === "sequence-set") {
        if (isH264) reader.skip(24);
        // The id of an H.265 SPS lies behind its profile; one SPS at a time is what devices send.
        else return 0;
      }
      return reader.ueAtMost(255, "the parameter set's id");
    } catch (error) {
      if (error instanceof NalError) return undefined;
      throw error;
    }
  }
}
