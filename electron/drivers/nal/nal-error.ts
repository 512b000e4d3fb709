/** The only error of the NAL parsers: the bytes are not what the standard says. */
export class NalError extends Error {
  override readonly name = "NalError";
}
