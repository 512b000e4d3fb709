/** Bytes of a file from a place on; fewer than asked only at its end. */
export type ReadAt = (offset: number, length: number) => Promise<Buffer>;
