import { createHash } from "node:crypto";
import { connect, type Socket } from "node:net";

/** One RTP or RTCP packet as it came. */
export interface RawPacket {
  readonly channel: number;
  readonly payload: Buffer;
  readonly at: number;
}

export interface RawReply {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** A tiny RTSP client of the tests' own, independent of the product's driver: no retries, no opinions. */
export class RawClient {
  readonly packets: RawPacket[] = [];
  /** Bytes between packets that belong to nothing. */
  strayBytes = 0;
  isClosed = false;
  #pending = Buffer.alloc(0);
  #sequence = 0;
  readonly #socket: Socket;
  readonly #waiting: ((reply: RawReply) => void)[] = [];

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (chunk) => {
      this.#pending = Buffer.concat([this.#pending, chunk]);
      this.#read();
    });
    socket.on("close", () => {
      this.isClosed = true;
    });
    socket.on("error", () => {
      this.isClosed = true;
    });
  }

  static open(host: string, port: number): Promise<RawClient> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, host, () => {
        socket.removeListener("error", reject);
        resolve(new RawClient(socket));
      });
      socket.once("error", reject);
    });
  }

  get localPort(): number {
    return this.#socket.localPort ?? 0;
  }

  close(): void {
    this.#socket.destroy();
  }

  /** Stops reading: a client that hangs. */
  pauseReading(): void {
    this.#socket.pause();
  }

  write(text: string): void {
    this.#socket.write(text);
  }

  request(method: string, uri: string, headers: Readonly<Record<string, string>> = {}): Promise<RawReply> {
    this.#sequence += 1;
    const lines = Object.entries({ CSeq: String(this.#sequence), ...headers }).map(
      ([name, value]) => `${name}: ${value}`,
    );
    this.#socket.write(`${method} ${uri} RTSP/1.0\r\n${lines.join("\r\n")}\r\n\r\n`);
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  /** DESCRIBE, SETUP of every track over TCP, PLAY; the session's id. */
  async play(uri: string): Promise<string> {
    const described = await this.request("DESCRIBE", uri);
    const count = described.body.split("m=").length - 1;
    let session = "";
    for (let track = 0; track < count; track += 1) {
      const reply = await this.request("SETUP", `${uri}/trackID=${track}`, {
        Transport: `RTP/AVP/TCP;unicast;interleaved=${track * 2}-${track * 2 + 1}`,
        ...(session === "" ? {} : { Session: session }),
      });
      session = reply.headers.get("session")?.split(";")[0] ?? "";
    }
    await this.request("PLAY", uri, { Session: session });
    return session;
  }

  /** RTP packets of the first track. */
  video(): RawPacket[] {
    return this.packets.filter(({ channel }) => channel === 0);
  }

  /** Numbers of distinct RTP timestamps so far: pictures that have begun to arrive. */
  pictures(): number {
    return new Set(this.video().map(({ payload }) => payload.readUInt32BE(4))).size;
  }

  #read(): void {
    for (;;) {
      if (this.#pending[0] === 0x24) {
        if (this.#pending.length < 4) return;
        const end = 4 + this.#pending.readUInt16BE(2);
        if (this.#pending.length < end) return;
        const payload = Buffer.from(this.#pending.subarray(4, end));
        this.packets.push({ channel: this.#pending[1] ?? 0, payload, at: Date.now() });
        this.#pending = this.#pending.subarray(end);
      } else if (this.#pending.subarray(0, 5).toString() === "RTSP/") {
        const end = this.#pending.indexOf("\r\n\r\n");
        if (end < 0) return;
        const [first = "", ...rest] = this.#pending.subarray(0, end).toString().split("\r\n");
        const headers = new Map(
          rest.map((line) => [
            line.slice(0, line.indexOf(":")).toLowerCase(),
            line.slice(line.indexOf(":") + 1).trim(),
          ]),
        );
        const bodyEnd = end + 4 + Number(headers.get("content-length") ?? 0);
        if (this.#pending.length < bodyEnd) return;
        const body = this.#pending.subarray(end + 4, bodyEnd).toString();
        this.#pending = this.#pending.subarray(bodyEnd);
        this.#waiting.shift()?.({ status: Number(first.split(" ")[1]), headers, body });
      } else {
        if (this.#pending.length < 5) return;
        this.#pending = this.#pending.subarray(1);
        this.strayBytes += 1;
      }
    }
  }
}

/** The Authorization header for a digest challenge. */
export function digest(
  challenge: string,
  login: { username: string; password: string },
  method: string,
  uri: string,
): string {
  const field = (name: string): string => new RegExp(`${name}="?([^",]+)`).exec(challenge)?.[1] ?? "";
  const hash = (text: string): string =>
    createHash(field("algorithm") === "SHA-256" ? "sha256" : "md5")
      .update(text)
      .digest("hex");
  const identity = hash(`${login.username}:${field("realm")}:${login.password}`);
  const action = hash(`${method}:${uri}`);
  const qop = field("qop") === "auth" ? { nc: "00000001", cnonce: "abcdef" } : undefined;
  const middle = qop === undefined ? "" : `${qop.nc}:${qop.cnonce}:auth:`;
  const parts = [
    `username="${login.username}"`,
    `realm="${field("realm")}"`,
    `nonce="${field("nonce")}"`,
    `uri="${uri}"`,
    `algorithm=${field("algorithm")}`,
    `response="${hash(`${identity}:${field("nonce")}:${middle}${action}`)}"`,
    ...(qop === undefined ? [] : [`qop=auth`, `nc=${qop.nc}`, `cnonce="${qop.cnonce}"`]),
  ];
  return `Digest ${parts.join(", ")}`;
}
