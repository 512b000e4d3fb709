import type { Clock } from "../../shared/base/clock.ts";
import type { ChannelId, PlaybackId } from "../../shared/base/ids.ts";
import { MediaRequest, type MediaMessage } from "../../shared/contract/media-port.ts";
import type { Log } from "../../shared/model/log.ts";
import type { HlsResponse } from "../drivers/hls/hls-origin.ts";
import { LiveViewer } from "./live-viewer.ts";
import type { ReplayMemory } from "./replay/replay-memory.ts";
import type { ReplayReader } from "./replay/replay-reader.ts";
import type { Source } from "./source.ts";
import type { StandardViewer } from "./standard-viewer.ts";

/** One window's end of the pictures' way. */
export interface WindowPort {
  post(message: MediaMessage): void;
  close(): void;
}

type Open = Extract<MediaRequest, { type: "open" }>;

/** A shared HLS origin that a subscription holds. */
export interface StandardLease {
  readonly viewer: StandardViewer;
  release(): void;
}

export interface WindowLinkDeps {
  readonly port: WindowPort;
  readonly clock: Clock;
  readonly log: Log;
  readonly sourceOf: (channelId: string, role: string) => Source;
  readonly leaseStandard: (request: Open, onStatus: LeaseStatus) => StandardLease;
  readonly memory: Pick<ReplayMemory, "watch" | "open">;
  /** Answers for a recorded channel, if main allowed it to this window. */
  readonly getRecorded: (playback: PlaybackId, channelId: ChannelId, path: string) => Promise<HlsResponse>;
}
type LeaseStatus = ConstructorParameters<typeof StandardViewer>[0]["onStatus"];

type Subscription =
  | {
      readonly kind: "live";
      readonly viewer: LiveViewer;
      readonly source: Source;
      readonly forget: () => void;
    }
  | { readonly kind: "standard"; readonly lease: StandardLease; readonly forget: () => void }
  | { readonly kind: "replay"; readonly reader: ReplayReader }
  | { readonly kind: "recorded"; readonly playback: PlaybackId; readonly channelId: ChannelId };

const maxSubscriptions = 256;
/** A replay holds half a minute of pictures: a window that forgets to close loses its oldest one. */
const maxReplays = 4;

/** Answers one window: subscriptions, back-pressure, playlist requests. What it cannot read it ignores. */
export class WindowLink {
  readonly #deps: WindowLinkDeps;
  readonly #subscriptions = new Map<number, Subscription>();
  readonly #requests = new Map<number, AbortController>();

  constructor(deps: WindowLinkDeps) {
    this.#deps = deps;
  }

  get subscriptionCount(): number {
    return this.#subscriptions.size;
  }

  receive(raw: unknown): void {
    const parsed = MediaRequest.safeParse(raw);
    if (!parsed.success) {
      this.#deps.log.warn("a window sent a request that cannot be read", {});
      return;
    }
    const request = parsed.data;
    switch (request.type) {
      case "open":
        this.#open(request);
        return;
      case "open-playback": {
        const { subscription, playback, channelId } = request;
        this.#close(subscription);
        if (this.#subscriptions.size >= maxSubscriptions) return;
        this.#subscriptions.set(subscription, { kind: "recorded", playback, channelId });
        return;
      }
      case "open-replay":
        this.#openReplay(request.subscription, request.channelId);
        return;
      case "close":
        this.#close(request.subscription);
        return;
      case "appended": {
        const found = this.#subscriptions.get(request.subscription);
        if (found?.kind === "live") found.viewer.appended(request.sequence);
        return;
      }
      case "get":
        void this.#get(request.request, request.subscription, request.path);
        return;
      case "cancel":
        this.#requests.get(request.request)?.abort(new Error("cancelled"));
        return;
      default:
        request satisfies never;
    }
  }

  /** Lets everything go that this window holds. */
  stop(): void {
    for (const subscription of this.#subscriptions.keys()) this.#close(subscription);
    for (const request of this.#requests.values()) request.abort(new Error("window closed"));
    this.#requests.clear();
    this.#deps.port.close();
  }

  #open(request: Open): void {
    const { subscription } = request;
    this.#close(subscription);
    if (this.#subscriptions.size >= maxSubscriptions) return;
    const forget = this.#deps.memory.watch(request.channelId, request.role);
    if (request.mode === "standard") {
      const lease = this.#deps.leaseStandard(request, (status) =>
        this.#deps.port.post({ type: "status", subscription, status }),
      );
      this.#subscriptions.set(subscription, { kind: "standard", lease, forget });
      return;
    }
    const source = this.#deps.sourceOf(request.channelId, request.role);
    const viewer = new LiveViewer({
      subscription,
      wantsSound: request.audio,
      clock: this.#deps.clock,
      post: (message) => this.#deps.port.post(message),
    });
    this.#subscriptions.set(subscription, { kind: "live", viewer, source, forget });
    source.add(viewer, request.isFresh === true ? "next-keyframe" : "kept");
  }

  /** Nothing but what windows show live is remembered, so nothing else can be asked for. */
  #openReplay(subscription: number, channelId: ChannelId): void {
    this.#close(subscription);
    const replays = [...this.#subscriptions].filter(([, { kind }]) => kind === "replay");
    if (replays.length >= maxReplays && replays[0] !== undefined) this.#close(replays[0][0]);
    if (this.#subscriptions.size >= maxSubscriptions) return;
    const reader = this.#deps.memory.open(channelId);
    this.#subscriptions.set(subscription, { kind: "replay", reader });
  }

  #close(subscription: number): void {
    const found = this.#subscriptions.get(subscription);
    if (found === undefined) return;
    this.#subscriptions.delete(subscription);
    if (found.kind === "live") found.source.remove(found.viewer);
    if (found.kind === "standard") found.lease.release();
    if (found.kind === "live" || found.kind === "standard") found.forget();
  }

  async #get(request: number, subscription: number, path: string): Promise<void> {
    const found = this.#subscriptions.get(subscription);
    const answer = (status: number, contentType: string, bytes: Uint8Array<ArrayBuffer> | null): void =>
      this.#deps.port.post({ type: "response", request, status, contentType, bytes });
    if (found === undefined || found.kind === "live") {
      answer(404, "text/plain", null);
      return;
    }
    const cancels = new AbortController();
    this.#requests.set(request, cancels);
    const response = await this.#responseOf(found, path, cancels.signal);
    this.#requests.delete(request);
    if (!cancels.signal.aborted) answer(response.status, response.contentType, response.bytes ?? null);
  }

  async #responseOf(
    found: Exclude<Subscription, { readonly kind: "live" }>,
    path: string,
    signal: AbortSignal,
  ): Promise<HlsResponse> {
    switch (found.kind) {
      case "standard":
        return found.lease.viewer.get(path, signal);
      case "replay":
        return found.reader.get(path);
      case "recorded":
        return this.#deps.getRecorded(found.playback, found.channelId, path);
    }
  }
}
