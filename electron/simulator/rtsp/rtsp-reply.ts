import type { Socket } from "node:net";
import type { RtspFaults } from "./rtsp-fault.ts";
import type { RtspRequest } from "./rtsp-request.ts";

const reasons: ReadonlyMap<number, string> = new Map([
  [200, "OK"],
  [401, "Unauthorized"],
  [404, "Not Found"],
  [453, "Not Enough Bandwidth"],
  [454, "Session Not Found"],
  [457, "Invalid Range"],
  [461, "Unsupported Transport"],
  [501, "Not Implemented"],
  [551, "Option Not Supported"],
]);

/** The endless header comes in pieces of this size and ends with the connection, or at 256 MB. */
const pieceBytes = 16_384;
const mostPieces = 16_384;

/** Writes replies, right or as the faults want them. */
export class RtspReplyWriter {
  readonly #socket: Socket;
  readonly #faults: RtspFaults;

  constructor(deps: { readonly socket: Socket; readonly faults: RtspFaults }) {
    this.#socket = deps.socket;
    this.#faults = deps.faults;
  }

  send(request: RtspRequest, status: number, headers: readonly string[] = [], body = ""): void {
    if (this.#socket.destroyed) return;
    const lines = [`RTSP/1.0 ${status} ${reasons.get(status) ?? "Error"}`];
    const sequence = request.headers.get("cseq");
    if (sequence !== undefined) lines.push(`CSeq: ${sequence}`);
    lines.push("Server: Watchfloor simulated camera", ...headers);
    if (this.#faults.has("rtsp-endless-header")) {
      this.#socket.write(`${lines.join("\r\n")}\r\nX-Padding: `);
      this.#pad(0);
      return;
    }
    if (body !== "") {
      const by = this.#faults.of("rtsp-wrong-content-length")?.by ?? 0;
      lines.push(`Content-Length: ${Math.max(0, Buffer.byteLength(body) + by)}`);
    }
    this.#socket.write(`${lines.join("\r\n")}\r\n\r\n${body}`);
  }

  /** Writes on as fast as the client reads. */
  #pad(pieces: number): void {
    if (this.#socket.destroyed || pieces >= mostPieces || !this.#faults.has("rtsp-endless-header")) {
      this.#socket.destroy();
      return;
    }
    this.#socket.write("x".repeat(pieceBytes), (error) => {
      if (error === null || error === undefined) setImmediate(() => this.#pad(pieces + 1));
    });
  }
}
