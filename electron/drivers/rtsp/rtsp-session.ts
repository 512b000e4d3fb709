import type { Clock } from "../../../shared/base/clock.ts";
import { RtspConnection } from "./rtsp-connection.ts";
import { RtspError, statusError } from "./rtsp-error.ts";
import { RtspLogin, type RtspCredential } from "./rtsp-login.ts";
import { parseSessionHeader, parseTransportHeader, type RtspResponse } from "./rtsp-message.ts";
import { parseRtspUrl, resolveControl, type RtspAddress } from "./rtsp-url.ts";
import { UdpPair } from "./udp-pair.ts";

/** Who hears a session's packets. TCP packets are views that are valid only during the call. */
export interface RtspSink {
  onRtp(track: number, packet: Buffer): void;
  onRtcp(track: number, packet: Buffer): void;
}

export interface RtspSessionDeps {
  readonly url: string;
  readonly credential: RtspCredential | undefined;
  readonly transport: "tcp" | "udp";
  readonly clock: Clock;
  readonly sink: RtspSink;
  readonly userAgent?: string;
  readonly connectMs?: number;
  readonly replyMs?: number;
  /** A recording of the device is to be played (ONVIF Streaming specification, 6), by the device's clock, UTC ms. */
  readonly replay?: { readonly from: number; readonly to: number };
}

const replayTag: readonly (readonly [string, string])[] = [["Require", "onvif-replay"]];

/** An instant as RFC 2326, 3.7 writes it: `20261122T094500.250Z`. */
const clockText = (at: number): string => new Date(at).toISOString().replaceAll(/[-:]/g, "");

type Headers = readonly (readonly [string, string])[];

/**
 * One RTSP session (RFC 2326): `describe`, `setup` for each track, `play`, then packets until `close`.
 *
 * The login goes to the address we were told and to no other. A password is tried once: a second 401 ends
 * the session with `unauthorised`, unless the device calls the nonce stale.
 */
export class RtspSession {
  readonly #deps: RtspSessionDeps;
  readonly #address: RtspAddress;
  readonly #connection: RtspConnection;
  readonly #login: RtspLogin | undefined;
  readonly #channels = new Map<number, { readonly track: number; readonly isRtcp: boolean }>();
  readonly #tracks: { readonly rtcpChannel: number; readonly udp: UdpPair | undefined }[] = [];
  #base: string | undefined;
  #sessionId: string | undefined;
  #timeoutS = 60;
  #canGetParameter = false;
  #transport: "tcp" | "udp";

  constructor(deps: RtspSessionDeps) {
    this.#deps = deps;
    this.#transport = deps.transport;
    this.#address = parseRtspUrl(deps.url);
    this.#login = deps.credential && new RtspLogin(deps.credential);
    this.#connection = new RtspConnection({
      address: this.#address,
      clock: deps.clock,
      userAgent: deps.userAgent ?? "Watchfloor",
      connectMs: deps.connectMs ?? 5_000,
      replyMs: deps.replyMs ?? 5_000,
      isChannel: (channel) => this.#channels.has(channel),
      onPacket: (channel, packet) => {
        const to = this.#channels.get(channel);
        if (to === undefined) return;
        if (to.isRtcp) deps.sink.onRtcp(to.track, packet);
        else deps.sink.onRtp(to.track, packet);
      },
    });
  }

  /** The transport in use: UDP also where the device refused interleaved packets. */
  get transport(): "tcp" | "udp" {
    return this.#transport;
  }

  /** Bytes skipped because they were not RTSP. */
  get noiseBytes(): number {
    return this.#connection.noiseBytes;
  }

  /** Rejects with the reason when the connection is over. */
  get ended(): Promise<never> {
    return this.#connection.ended;
  }

  /** Connects and asks for the description. Resolves to its SDP text. */
  async describe(signal: AbortSignal): Promise<string> {
    await this.#connection.open(signal);
    const options = await this.#exchange("OPTIONS", this.#address.uri, [], signal, "any status");
    this.#canGetParameter = /\bGET_PARAMETER\b/.test(options.headers.get("public") ?? "");
    const accept: Headers = [["Accept", "application/sdp"], ...this.#tags];
    const described = await this.#exchange("DESCRIBE", this.#address.uri, accept, signal);
    this.#base = described.headers.get("content-base") ?? described.headers.get("content-location");
    return described.body;
  }

  /**
   * Sets up one track by its `a=control` value; its number in the sink is the count of tracks before it.
   *
   * A device that refuses TCP for the first track (461) is asked for UDP.
   */
  async setup(control: string, signal: AbortSignal): Promise<void> {
    const uri = resolveControl(this.#address, this.#base, control);
    try {
      await (this.#transport === "tcp" ? this.#setupTcp(uri, signal) : this.#setupUdp(uri, signal));
    } catch (error) {
      const refusesTcp = error instanceof RtspError && error.status === 461 && this.#transport === "tcp";
      if (!refusesTcp || this.#tracks.length > 0) throw error;
      this.#transport = "udp";
      await this.#setupUdp(uri, signal);
    }
  }

  /**
   * Starts the packets; resolves once the device agreed. Call `keepAlive` to keep them coming. A recording comes as
   * fast as it is read, which `hold` slows down.
   */
  async play(signal: AbortSignal): Promise<void> {
    const uri = resolveControl(this.#address, this.#base, "*");
    const { replay } = this.#deps;
    const how: Headers =
      replay === undefined
        ? [["Range", "npt=0.000-"]]
        : [
            ["Range", `clock=${clockText(replay.from)}-${clockText(replay.to)}`],
            ["Rate-Control", "no"],
            ["Immediate", "yes"],
          ];
    await this.#exchange("PLAY", uri, [...how, ...this.#tags], signal);
  }

  /** Reads no further, or goes on: what is not read makes the device wait. */
  hold(isHeld: boolean): void {
    this.#connection.hold(isHeld);
  }

  get #tags(): Headers {
    return this.#deps.replay === undefined ? [] : replayTag;
  }

  /** Refreshes the session at half its timeout until the signal aborts. @throws RtspError when refused. */
  async keepAlive(signal: AbortSignal): Promise<void> {
    const uri = resolveControl(this.#address, this.#base, "*");
    const everyMs = Math.max(2_500, Math.min(30_000, this.#timeoutS * 500));
    for (;;) {
      await this.#deps.clock.sleep(everyMs, signal);
      const method = this.#canGetParameter ? "GET_PARAMETER" : "OPTIONS";
      try {
        const reply = await this.#exchange(method, uri, [], signal, "any status");
        if (reply.status === 454) throw statusError(method, 454, reply.reason);
        if (reply.status === 405 || reply.status === 501) this.#canGetParameter = false;
      } catch (error) {
        // Some devices never answer keep-alives while they send pictures: the frame watchdog decides.
        if (!(error instanceof RtspError) || error.failure !== "timeout") throw error;
      }
    }
  }

  /** Sends an RTCP packet about a track. */
  sendRtcp(track: number, packet: Buffer): void {
    const to = this.#tracks[track];
    if (to?.udp) to.udp.sendRtcp(packet);
    else if (to) this.#connection.send(to.rtcpChannel, packet);
  }

  /** Says goodbye (waits at most half a second for it) and lets everything go. Idempotent. */
  async close(): Promise<void> {
    if (this.#sessionId !== undefined) {
      const limit = new AbortController();
      const uri = resolveControl(this.#address, this.#base, "*");
      const bye = this.#send("TEARDOWN", uri, [], limit.signal).then(ignore, ignore);
      const late = this.#deps.clock.sleep(500, limit.signal).then(ignore, ignore);
      await Promise.race([bye, late]);
      limit.abort(new Error("closed"));
    }
    this.#sessionId = undefined;
    this.#connection.close();
    for (const { udp } of this.#tracks.splice(0)) udp?.close();
  }

  async #setupTcp(uri: string, signal: AbortSignal): Promise<void> {
    const asked = this.#tracks.length * 2;
    const track = this.#tracks.length;
    // Some devices send the first packets before the reply.
    this.#channels.set(asked, { track, isRtcp: false }).set(asked + 1, { track, isRtcp: true });
    const transport = `RTP/AVP/TCP;unicast;interleaved=${asked}-${asked + 1}`;
    const reply = await this.#setup(uri, transport, signal);
    const agreed = parseTransportHeader(reply.headers.get("transport") ?? "").interleaved ?? asked;
    if (agreed !== asked) {
      this.#channels.delete(asked);
      this.#channels.delete(asked + 1);
      this.#channels.set(agreed, { track, isRtcp: false }).set(agreed + 1, { track, isRtcp: true });
    }
    this.#tracks.push({ rtcpChannel: agreed + 1, udp: undefined });
  }

  async #setupUdp(uri: string, signal: AbortSignal): Promise<void> {
    const { localAddress, remoteAddress } = this.#connection;
    if (localAddress === undefined || remoteAddress === undefined) {
      throw new RtspError("closed", "the connection has gone");
    }
    const track = this.#tracks.length;
    const { sink } = this.#deps;
    const udp = new UdpPair({
      localAddress,
      remoteAddress,
      onRtp: (packet) => sink.onRtp(track, packet),
      onRtcp: (packet) => sink.onRtcp(track, packet),
    });
    await udp.open();
    try {
      const transport = `RTP/AVP;unicast;client_port=${udp.port}-${udp.port + 1}`;
      const reply = await this.#setup(uri, transport, signal);
      const ports = parseTransportHeader(reply.headers.get("transport") ?? "").serverPorts;
      if (ports) udp.setPeerPort(ports[1]);
    } catch (error) {
      udp.close();
      throw error;
    }
    this.#tracks.push({ rtcpChannel: 0, udp });
  }

  async #setup(uri: string, transport: string, signal: AbortSignal): Promise<RtspResponse> {
    const reply = await this.#exchange("SETUP", uri, [["Transport", transport], ...this.#tags], signal);
    const session = reply.headers.get("session");
    if (session !== undefined) {
      const { id, timeoutS } = parseSessionHeader(session);
      this.#sessionId = id;
      this.#timeoutS = timeoutS;
    }
    return reply;
  }

  /** A request with login; statuses other than 2xx throw unless any is welcome. */
  async #exchange(
    method: string,
    uri: string,
    headers: Headers,
    signal: AbortSignal,
    welcome: "success" | "any status" = "success",
  ): Promise<RtspResponse> {
    let reply = await this.#send(method, uri, headers, signal);
    for (let tries = 0; reply.status === 401 && this.#login !== undefined && tries < 2; tries++) {
      const offer = this.#login.accept(reply.headers.all("www-authenticate"));
      if (offer === "unusable") {
        throw new RtspError("not-supported", "the camera wants a kind of login that we do not speak", {
          status: 401,
        });
      }
      // An answer that carried the password was refused, and not because its nonce was old.
      if (tries > 0 && offer !== "stale") throw statusError(method, reply.status, reply.reason);
      reply = await this.#send(method, uri, headers, signal);
    }
    if (reply.status === 401 && this.#login !== undefined) throw statusError(method, 401, reply.reason);
    if (welcome === "success" && (reply.status < 200 || reply.status >= 300)) {
      throw statusError(method, reply.status, reply.reason);
    }
    return reply;
  }

  #send(method: string, uri: string, headers: Headers, signal: AbortSignal): Promise<RtspResponse> {
    const all: (readonly [string, string])[] = [...headers];
    if (this.#sessionId !== undefined) all.push(["Session", this.#sessionId]);
    const authorization = this.#login?.authorization(method, uri);
    if (authorization !== undefined) all.push(["Authorization", authorization]);
    return this.#connection.request(method, uri, all, signal);
  }
}

/** Nobody is left to hear how a goodbye went. */
function ignore(): void {}
