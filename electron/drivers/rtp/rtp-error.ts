/** The only error of the RTP, RTCP and SDP parsers. */
export class RtpError extends Error {
  override readonly name = "RtpError";
}
