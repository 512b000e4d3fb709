/** The only error of the fMP4 writer: what it was given cannot be written. */
export class Fmp4Error extends Error {
  override readonly name = "Fmp4Error";
}
