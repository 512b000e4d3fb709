import { KeyList, type KeyConfig } from "../../shared/contract/key-list.ts";
import { readGroup, type GroupPicture } from "./group-pictures.ts";
import type { PlaybackFailure, PlaybackSource } from "./playback-feed.ts";
import { GroupDecoder, type DecoderPort } from "./group-decoder.ts";

export interface ReverseFeedDeps {
  readonly canvas: HTMLCanvasElement;
  readonly source: PlaybackSource;
  readonly decoders: DecoderPort;
  /** Decoded pictures it may hold, bytes. */
  readonly budgetBytes: number;
  readonly onFailed: (failure: PlaybackFailure) => void;
}

interface Held {
  readonly at: number;
  readonly frame: VideoFrame;
}

interface Group {
  readonly number: number;
  readonly pictures: readonly GroupPicture[];
}

/** A decoded picture takes about one and a half bytes a pixel. */
const bytesPerPixel = 1.5;
const leastHeld = 4;
const mostHeld = 240;
/** Backwards the time only falls, and by little; beyond this it is a seek. */
const turnsMs = 500;
const jumpsMs = 10_000;
/** Groups whose bytes are kept: the one that plays and the one before it. */
const keptGroups = 2;

/**
 * One recorded channel backwards: decodes groups of pictures forwards, holds what comes next, and draws the picture
 * of the instant it is told. A group that is larger than its memory is decoded in parts, the last part first.
 */
export class ReverseFeed {
  readonly #deps: ReverseFeedDeps;
  readonly #stops = new AbortController();
  readonly #decoder: GroupDecoder;
  #list: KeyList | undefined;
  #groups: readonly Group[] = [];
  /** In order of time. */
  #held: readonly Held[] = [];
  #shownAt: number | undefined;
  #wantedAt = Number.NaN;
  #isWorking = false;
  /** Nothing before this instant can be had. */
  #isExhausted = false;

  constructor(deps: ReverseFeedDeps) {
    this.#deps = deps;
    this.#decoder = new GroupDecoder(deps.decoders);
  }

  /** When the picture on the canvas was captured, ms UTC. */
  get shownAt(): number | undefined {
    return this.#shownAt;
  }

  /** Pictures in memory. */
  get heldCount(): number {
    return this.#held.length;
  }

  /** Draws the picture of this instant if it is there, and sees to it that those before it are. */
  follow(at: number): void {
    if (this.#stops.signal.aborted) return;
    const oldest = this.#held[0];
    // A jump: what is held is of no use.
    const isElsewhere = at > this.#wantedAt + turnsMs || (oldest !== undefined && at < oldest.at - jumpsMs);
    if (isElsewhere) this.#drop(this.#held);
    this.#wantedAt = at;
    const current = this.#held.findLast((one) => one.at <= at + 0.5);
    if (current !== undefined) {
      this.#draw(current);
      this.#drop(this.#held.filter((one) => one.at > current.at));
    }
    void this.#work();
  }

  /** The picture of this instant is on the canvas. */
  isReady(at: number): boolean {
    const shown = this.#shownAt;
    const isShown = shown !== undefined && shown <= at + 0.5 && this.#held.some((one) => one.at === shown);
    return isShown || this.#isExhausted;
  }

  stop(): void {
    if (this.#stops.signal.aborted) return;
    this.#stops.abort(new Error("stopped"));
    this.#drop(this.#held);
    this.#decoder.close();
    this.#deps.source.close();
    this.#deps.canvas.remove();
  }

  async #work(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    try {
      this.#list ??= await this.#fetchList();
      while (!this.#stops.signal.aborted && (await this.#fetchBatch(this.#list)));
    } catch (error) {
      if (!this.#stops.signal.aborted) this.#deps.onFailed({ kind: "broken", detail: words(error) });
    } finally {
      this.#isWorking = false;
    }
  }

  /** Decodes the pictures before the oldest one that is held; false: there is enough. */
  async #fetchBatch(list: KeyList): Promise<boolean> {
    const wantedAt = this.#wantedAt;
    const oldest = this.#held[0];
    const isNeeded = oldest === undefined || oldest.at > wantedAt;
    const endAt = oldest?.at ?? wantedAt + 1;
    const number = list.keys.findLastIndex(([at]) => at < endAt);
    const [, , configNumber] = list.keys[number] ?? [];
    const config = configNumber === undefined ? undefined : list.configs[configNumber];
    this.#isExhausted = number < 0 && isNeeded;
    if (config === undefined || config === null) {
      if (config === null) throw new Error("its beginning is damaged");
      return false;
    }
    const frameBytes = config.width * config.height * bytesPerPixel;
    const most = Math.min(mostHeld, Math.max(leastHeld, Math.floor(this.#deps.budgetBytes / frameBytes)));
    const batch = Math.ceil(most / 2);
    if (this.#held.length > batch && !isNeeded) return false;
    const group = await this.#group(list, number);
    const wanted = group.pictures
      .map(({ at }) => at)
      .filter((at) => at < endAt)
      .sort((a, b) => a - b)
      .slice(-batch);
    const fresh = await this.#decode(config, group, wanted);
    // Somebody jumped meanwhile: it is begun anew.
    const isStale = this.#held[0] !== oldest || this.#stops.signal.aborted;
    if (isStale) for (const { frame } of fresh) frame.close();
    else if (fresh.length === 0) throw new Error("a group of pictures cannot be decoded");
    else this.#held = [...fresh, ...this.#held];
    if (!isStale) this.#redraw();
    return true;
  }

  async #decode(config: KeyConfig, group: Group, wanted: readonly number[]): Promise<readonly Held[]> {
    const fresh: Held[] = [];
    try {
      await this.#decoder.decode(config, group.pictures, new Set(wanted), (frame, at) => {
        if (this.#stops.signal.aborted) frame.close();
        else fresh.push({ at, frame });
      });
    } catch (error) {
      for (const { frame } of fresh) frame.close();
      throw error;
    }
    return fresh.sort((a, b) => a.at - b.at);
  }

  #redraw(): void {
    const current = this.#held.findLast((one) => one.at <= this.#wantedAt + 0.5);
    if (current !== undefined) this.#draw(current);
  }

  async #group(list: KeyList, number: number): Promise<Group> {
    const known = this.#groups.find((group) => group.number === number);
    if (known !== undefined) return known;
    const { status, bytes } = await this.#deps.source.get(`group-${number}.bin`, this.#stops.signal);
    const [keyAt = 0] = list.keys[number] ?? [];
    const pictures = status === 200 && bytes !== null ? readGroup(bytes, keyAt) : undefined;
    if (pictures === undefined) throw new Error(`group of pictures: ${status}`);
    const group = { number, pictures };
    this.#groups = [group, ...this.#groups].slice(0, keptGroups);
    return group;
  }

  async #fetchList(): Promise<KeyList> {
    const { status, bytes } = await this.#deps.source.get("pictures.json", this.#stops.signal);
    if (status !== 200 || bytes === null) throw new Error(`list of pictures: ${status}`);
    return KeyList.parse(JSON.parse(new TextDecoder().decode(bytes)));
  }

  #draw({ at, frame }: Held): void {
    if (at === this.#shownAt) return;
    const { canvas } = this.#deps;
    const context = canvas.getContext("2d", { alpha: false });
    if (canvas.width !== frame.displayWidth) canvas.width = frame.displayWidth;
    if (canvas.height !== frame.displayHeight) canvas.height = frame.displayHeight;
    context?.drawImage(frame, 0, 0, canvas.width, canvas.height);
    this.#shownAt = at;
    canvas.dataset["shownAt"] = String(at);
  }

  #drop(held: readonly Held[]): void {
    if (held.length === 0) return;
    for (const { frame } of held) frame.close();
    this.#held = this.#held.filter((one) => !held.includes(one));
  }
}

const words = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 300);
