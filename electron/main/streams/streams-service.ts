import type { Clock } from "../../../shared/base/clock.ts";
import type { ChannelId, CredentialId, DeviceId } from "../../../shared/base/ids.ts";
import { fail, type Result } from "../../../shared/base/result.ts";
import { Topic, type Unsubscribe } from "../../../shared/base/topic.ts";
import type { SiteStatus } from "../../../shared/contract/app.ts";
import type { TileReport } from "../../../shared/contract/live.ts";
import type { MediaCommand, MediaReport } from "../../../shared/contract/media-port.ts";
import type { Channel } from "../../../shared/model/channel.ts";
import type { Device, FailureReason } from "../../../shared/model/device.ts";
import type { ConsoleFact } from "../../../shared/model/event.ts";
import type { Log } from "../../../shared/model/log.ts";
import type { Settings } from "../../../shared/model/settings.ts";
import type { SourceStatus, StreamStatus } from "../../../shared/model/stream-status.ts";
import type { Store } from "../../store/store.ts";
import { saveSnapshotFile } from "./snapshot-folder.ts";
import { snapshotName } from "./snapshot-name.ts";
import { countCameras, type CountedCamera } from "./site-status.ts";
import { sourceCommands, type StreamLogin } from "./source-configs.ts";
import { TileBook, type TileSummary } from "./tile-book.ts";

export interface StreamsServiceDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Pick<Store, "getDevice" | "getPicture" | "keepPicture" | "listDevices">;
  /** The media process, kept running by the platform; commands while it is down may be dropped. */
  readonly media: { send(command: MediaCommand): void; readonly reports: Topic<MediaReport> };
  readonly reveal: (
    id: CredentialId,
  ) => Promise<Result<{ username: string; password: string }, "locked" | "not-found" | "unreadable">>;
  /** Keeps what the console noticed as events. */
  readonly note: (facts: readonly ConsoleFact[]) => void;
  readonly settings: { readonly current: Settings; readonly changed: Topic<Settings> };
  /** Where snapshots go when the settings name no folder. */
  readonly snapshotFolder: string;
}

/** What a device that went away looks like on its stream. */
const awayReasons: ReadonlySet<FailureReason> = new Set([
  "closed",
  "refused",
  "stalled",
  "timeout",
  "unreachable",
]);
/** The tries of the first five seconds: a device that goes down may still answer when its stream is cut. */
const earlyTries = 5;

interface ShownChannel {
  readonly deviceId: DeviceId;
  readonly channel: Channel;
  readonly isUnreachable: boolean;
}

/** A picture a window kept. */
export interface KeptPicture {
  readonly capturedAt: number;
  readonly jpeg: Uint8Array;
}

/**
 * Live pictures from main's side: tells the media process where the adopted cameras' streams are, keeps
 * what it reports, adds up what the windows see, and saves snapshots.
 */
export class StreamsService {
  readonly #deps: StreamsServiceDeps;
  /** A source's status, after it changed. */
  readonly changed = new Topic<StreamStatus>();
  /** A device whose stream broke off just now, so that the device may be gone or have moved. */
  readonly broke = new Topic<{ readonly deviceId: DeviceId }>();
  readonly #channels = new Map<ChannelId, ShownChannel>();
  readonly #statuses = new Map<string, StreamStatus>();
  readonly #tiles = new TileBook();
  readonly #ends: Unsubscribe[] = [];
  #transport: Settings["rtspTransport"];
  #work: Promise<void> = Promise.resolve();

  constructor(deps: StreamsServiceDeps) {
    this.#deps = deps;
    this.#transport = deps.settings.current.rtspTransport;
  }

  /** Begins to listen and configures what is adopted. Call before the media process starts. */
  async start(): Promise<void> {
    const { media, settings } = this.#deps;
    this.#ends.push(
      media.reports.subscribe((report) => this.#hear(report)),
      settings.changed.subscribe(({ rtspTransport }) => {
        if (rtspTransport === this.#transport) return;
        this.#transport = rtspTransport;
        this.#later(() => this.#configureAll());
      }),
    );
    this.#later(() => this.#configureAll());
    await this.#work;
  }

  async stop(): Promise<void> {
    for (const end of this.#ends.splice(0)) end();
    await this.#work;
  }

  /** A device was stored, changed or removed. */
  deviceChanged(deviceId: DeviceId): void {
    this.#later(async () => this.#configure(deviceId, await this.#deps.store.getDevice(deviceId)));
  }

  /** The vault was unlocked, or a login changed: everything is looked at again. */
  loginsChanged(): void {
    this.#later(() => this.#configureAll());
  }

  get statuses(): readonly StreamStatus[] {
    return [...this.#statuses.values()];
  }

  /** False: there is no such channel. */
  retry(channelId: ChannelId): boolean {
    if (!this.#channels.has(channelId)) return false;
    this.#deps.media.send({ type: "retry", channelId });
    return true;
  }

  /** What a window says of its tiles; notes what is worth keeping as events. */
  reportTiles(windowId: number, reports: readonly TileReport[]): void {
    const { clock, note, log } = this.#deps;
    const known = reports.filter(({ channelId }) => this.#channels.has(channelId));
    const facts = this.#tiles.report(windowId, known, clock.monotonicMs());
    if (facts.length === 0) return;
    for (const { channelId, kind, detail } of facts) log.info(kind, { channel: channelId, detail });
    note(
      facts.map(({ channelId, kind, detail }) => ({
        type: kind,
        channelId,
        deviceId: this.#channels.get(channelId)?.deviceId ?? null,
        detail,
      })),
    );
  }

  /** The window has closed. */
  forgetWindow(windowId: number): void {
    this.#tiles.forget(windowId);
  }

  /** What all windows together show now. */
  get tiles(): TileSummary {
    return this.#tiles.summary(this.#deps.clock.monotonicMs());
  }

  /** The cameras' condition over all windows, for the status bar. */
  get siteStatus(): SiteStatus {
    const tiles = this.#tiles.kinds(this.#deps.clock.monotonicMs());
    return countCameras(this.#cameras(), this.#statuses.values(), tiles);
  }

  /** Saves a snapshot; the path, or why not. */
  async saveSnapshot(
    channelId: ChannelId,
    capturedAt: number,
    png: Buffer,
  ): Promise<
    Result<string, { readonly kind: "not-found" } | { readonly kind: "not-saved"; detail: string }>
  > {
    const found = this.#channels.get(channelId);
    if (found === undefined) return fail({ kind: "not-found" });
    const { settings, snapshotFolder, log } = this.#deps;
    const folder = settings.current.snapshotFolder === "" ? snapshotFolder : settings.current.snapshotFolder;
    const name = snapshotName(found.channel, capturedAt, settings.current.timeZone);
    const saved = await saveSnapshotFile(folder, name, png);
    if (!saved.ok) {
      log.warn("snapshot not saved", { channel: channelId, why: saved.error });
      return fail({ kind: "not-saved", detail: saved.error });
    }
    log.info("snapshot saved", { channel: channelId });
    return saved;
  }

  lastPicture(channelId: ChannelId): Promise<KeptPicture | undefined> {
    return this.#deps.store.getPicture(channelId);
  }

  /** Keeps a tile's last good picture; one that is no JPEG is left out. */
  async keepPicture(channelId: ChannelId, capturedAt: number, jpeg: Buffer): Promise<void> {
    const isJpeg = jpeg.length > 4 && jpeg[0] === 0xff && jpeg[1] === 0xd8 && jpeg[2] === 0xff;
    if (!isJpeg || !this.#channels.has(channelId)) return;
    await this.#deps.store.keepPicture(channelId, { capturedAt, jpeg });
  }

  *#cameras(): Generator<CountedCamera> {
    for (const [channelId, { isUnreachable }] of this.#channels) yield { channelId, isUnreachable };
  }

  #hear(report: MediaReport): void {
    switch (report.type) {
      case "ready":
        this.#statuses.clear();
        this.#later(() => this.#configureAll());
        return;
      case "source": {
        const { channelId, role, status } = report;
        const entry = this.#channels.get(channelId);
        if (entry === undefined) return;
        this.#statuses.set(`${channelId} ${role}`, { channelId, role, status });
        this.changed.publish({ channelId, role, status });
        if (isBreak(status)) this.broke.publish({ deviceId: entry.deviceId });
        return;
      }
      case "log":
      case "mended":
      case "playback":
      case "recording-closed":
      case "recording-gap":
      case "recording-grown":
      case "recording-opened":
      case "stopped":
        return;
      default:
        report satisfies never;
    }
  }

  /** One change after the other: the last one told is the one that holds. */
  #later(task: () => Promise<void>): void {
    this.#work = this.#work.then(task).catch((error: unknown) => {
      this.#deps.log.error("streams could not be configured", {
        why: error instanceof Error ? error.message : String(error),
      });
    });
  }

  async #configureAll(): Promise<void> {
    const devices = await this.#deps.store.listDevices();
    const present = new Set(devices.map(({ id }) => id));
    const gone = new Set([...this.#channels.values()].map(({ deviceId }) => deviceId));
    for (const deviceId of gone) if (!present.has(deviceId)) await this.#configure(deviceId, undefined);
    for (const device of devices) await this.#configure(device.id, device);
  }

  async #configure(deviceId: DeviceId, device: Device | undefined): Promise<void> {
    const { media } = this.#deps;
    const isUsed = device !== undefined && device.state.kind !== "retired";
    const channels = isUsed ? device.channels : [];
    const kept = new Set(channels.map(({ id }) => id));
    for (const [channelId, entry] of this.#channels) {
      if (entry.deviceId !== deviceId || kept.has(channelId)) continue;
      this.#channels.delete(channelId);
      for (const [key, status] of this.#statuses) {
        if (status.channelId === channelId) this.#statuses.delete(key);
      }
      media.send({ type: "remove", channelId });
    }
    if (!isUsed) return;
    const isUnreachable = device.state.kind === "unreachable";
    for (const channel of channels) this.#channels.set(channel.id, { deviceId, channel, isUnreachable });
    const login = await this.#login(device);
    for (const command of sourceCommands(device, login, this.#transport)) media.send(command);
  }

  async #login({ credentialId, login }: Device): Promise<StreamLogin> {
    if (credentialId === null) {
      const detail = "no login is stored for this device";
      return login === "none" ? { kind: "none" } : { kind: "refused", reason: "no-credential", detail };
    }
    const revealed = await this.#deps.reveal(credentialId);
    if (revealed.ok) return { kind: "login", ...revealed.value };
    if (revealed.error === "locked") {
      return { kind: "refused", reason: "vault-locked", detail: "the stored logins are locked" };
    }
    const detail = "the stored login cannot be read; enter it again";
    return { kind: "refused", reason: "no-credential", detail };
  }
}

function isBreak(status: SourceStatus): boolean {
  return status.kind === "waiting" && status.attempt <= earlyTries && awayReasons.has(status.reason);
}
