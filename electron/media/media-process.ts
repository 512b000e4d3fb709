import type { Clock } from "../../shared/base/clock.ts";
import { MediaCommand, type MediaReport } from "../../shared/contract/media-port.ts";
import type { Log, LogFields } from "../../shared/model/log.ts";
import type { SourceStatus } from "../../shared/model/stream-status.ts";
import { ChannelId } from "../../shared/base/ids.ts";
import { StreamRole } from "../../shared/model/stream.ts";
import { Playbacks } from "./playback/playbacks.ts";
import { mendFiles } from "./recording/mend-files.ts";
import { Recorder } from "./recording/recorder.ts";
import { ReplayMemory } from "./replay/replay-memory.ts";
import { Source } from "./source.ts";
import { StandardFeeds } from "./standard-feeds.ts";
import { WindowLink, type WindowPort } from "./window-link.ts";

export interface MediaProcessDeps {
  readonly clock: Clock;
  readonly report: (report: MediaReport) => void;
}

type MendCommand = Extract<MediaCommand, { type: "mend" }>;

interface Entry {
  readonly channelId: ChannelId;
  readonly role: StreamRole;
  readonly source: Source;
}

/** The media process without its entry: sources, windows, and the commands of main. */
export class MediaProcess {
  readonly #deps: MediaProcessDeps;
  readonly #sources = new Map<string, Entry>();
  readonly #links = new Map<number, { readonly link: WindowLink; readonly port: WindowPort }>();
  readonly #standard: StandardFeeds;
  readonly #recorder: Recorder;
  readonly #playbacks: Playbacks;
  readonly #memory: ReplayMemory;
  readonly #stops = new AbortController();

  constructor(deps: MediaProcessDeps) {
    this.#deps = deps;
    this.#standard = new StandardFeeds({
      clock: deps.clock,
      sourceOf: (channelId, role) => this.#sourceOf(channelId, role),
    });
    this.#memory = new ReplayMemory({
      clock: deps.clock,
      sourceOf: (channelId, role) => this.#sourceOf(channelId, role),
    });
    this.#recorder = new Recorder({
      clock: deps.clock,
      report: deps.report,
      logFor: ({ channelId, role }) => this.#logFor({ channel: channelId, role }),
      sourceOf: (channelId, role) => this.#sourceOf(channelId, role),
    });
    this.#playbacks = new Playbacks({ log: this.#logFor({}), report: deps.report });
  }

  /** Says that it is ready and keeps the sources' numbers fresh until `stop`. */
  start(): void {
    this.#deps.report({ type: "ready" });
    void this.#tick();
  }

  /** Takes a command of main; `port` comes with `attach-window`. What it cannot read is logged and ignored. */
  receive(raw: unknown, port?: WindowPort): void {
    const parsed = MediaCommand.safeParse(raw);
    if (!parsed.success) {
      port?.close();
      // Not the issues themselves: they may quote a password.
      this.#logFor({}).error("a command from main cannot be read", { problems: parsed.error.issues.length });
      return;
    }
    const command = parsed.data;
    switch (command.type) {
      case "configure":
        this.#sourceOf(command.source.channelId, command.source.role).configure(command.source);
        return;
      case "remove":
        this.#ofChannel(command.channelId, (source) =>
          source.refuse({ reason: "not-found", detail: "this camera was removed" }),
        );
        return;
      case "refuse":
        for (const role of StreamRole.options) {
          const { reason, detail } = command;
          this.#sourceOf(command.channelId, role).refuse({ reason, detail });
        }
        return;
      case "retry":
        this.#ofChannel(command.channelId, (source) => source.retry());
        return;
      case "attach-window":
        if (port) this.#attach(command.windowId, port);
        return;
      case "detach-window":
        this.#detach(command.windowId);
        return;
      case "record":
        this.#recorder.record(command.site, command.streams);
        return;
      case "mend":
        void this.#mend(command);
        return;
      case "open-playback":
        void this.#playbacks.open(command);
        return;
      case "close-playback":
        this.#playbacks.close(command.playback);
        return;
      case "stop":
        void this.stop();
        return;
      default:
        command satisfies never;
    }
  }

  /** A message from the window with this number. */
  receiveFromWindow(windowId: number, raw: unknown): void {
    this.#links.get(windowId)?.link.receive(raw);
  }

  /** A window's port has closed: only that port's link goes, the window may have a newer one. */
  windowClosed(windowId: number, port: WindowPort): void {
    if (this.#links.get(windowId)?.port === port) this.#detach(windowId);
  }

  /** Closes every connection and says so. */
  async stop(): Promise<void> {
    if (this.#stops.signal.aborted) return;
    this.#stops.abort(new Error("stopped"));
    await this.#recorder.stop();
    for (const windowId of this.#links.keys()) this.#detach(windowId);
    await Promise.all([...this.#sources.values()].map(({ source }) => source.stop()));
    this.#deps.report({ type: "stopped" });
  }

  #attach(windowId: number, port: WindowPort): void {
    this.#detach(windowId);
    const link = new WindowLink({
      port,
      clock: this.#deps.clock,
      log: this.#logFor({ window: windowId }),
      sourceOf: (channelId, role) => this.#sourceOf(channelId, role),
      leaseStandard: (request, onStatus) => this.#standard.lease(request, onStatus),
      memory: this.#memory,
      getRecorded: (playback, channelId, path) => this.#playbacks.get(windowId, playback, channelId, path),
    });
    this.#links.set(windowId, { link, port });
  }

  #detach(windowId: number): void {
    const held = this.#links.get(windowId);
    this.#links.delete(windowId);
    held?.link.stop();
    this.#playbacks.forgetWindow(windowId);
  }

  async #mend({ request, root, site, paths }: MendCommand): Promise<void> {
    this.#deps.report({ type: "mended", request, files: await mendFiles(root, site, paths) });
  }

  #sourceOf(rawChannel: string, rawRole: string): Source {
    const key = `${rawChannel} ${rawRole}`;
    const known = this.#sources.get(key);
    if (known) return known.source;
    const channelId = ChannelId.parse(rawChannel);
    const role = StreamRole.parse(rawRole);
    const source = new Source({
      clock: this.#deps.clock,
      log: this.#logFor({ channel: channelId, role }),
      onStatus: (status) => this.#reportStatus(channelId, role, status),
    });
    this.#sources.set(key, { channelId, role, source });
    return source;
  }

  #ofChannel(channelId: ChannelId, act: (source: Source) => void): void {
    for (const entry of this.#sources.values()) {
      if (entry.channelId === channelId) act(entry.source);
    }
  }

  #reportStatus(channelId: ChannelId, role: StreamRole, status: SourceStatus): void {
    this.#deps.report({ type: "source", channelId, role, status });
  }

  async #tick(): Promise<void> {
    const { clock } = this.#deps;
    while (!this.#stops.signal.aborted) {
      try {
        await clock.sleep(1_000, this.#stops.signal);
      } catch {
        // Only the stop signal ends the sleep early.
        return;
      }
      for (const { source } of this.#sources.values()) source.tick();
      this.#standard.tick();
      this.#memory.tick();
      this.#recorder.tick();
    }
  }

  #logFor(always: LogFields): Log {
    const write =
      (level: "debug" | "info" | "warn" | "error") =>
      (message: string, fields: LogFields = {}): void =>
        this.#deps.report({ type: "log", level, message, fields: { ...always, ...fields } });
    return { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
  }
}
