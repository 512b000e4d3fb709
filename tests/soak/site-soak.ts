import type { Site } from "../../electron/simulator/site-api.ts";
import { systemClock } from "../../shared/base/clock.ts";
import type { ConsoleUnderTest } from "../e2e/console-under-test.ts";
import { Absences } from "./absences.ts";
import { blowOf, seededRandom, type Blow } from "./fault-plan.ts";
import { LiveOracle } from "./live-oracle.ts";
import { MemoryBook, type MemoryTrend } from "./memory.ts";
import { lookAtHeaps, lookAtProcesses, ownProcess } from "./processes.ts";
import { lookAtWall, startBeat } from "./wall-sampler.ts";

const blowEveryMs = 10_000;
const lookEveryMs = 500;
const memoryEveryMs = 5_000;
const sayEveryMs = 60_000;
const recoverWithinMs = 90_000;
/** A tile may be live for 2 s; half a second more for the page's own tick. */
const oldestLiveMs = 2_500;
const liveTiles = '[data-tile] [data-state="live"]';
/** Looks at the memory of a run shorter than this measure the warm-up. */
const shortestForMemoryMs = 5 * 60_000;

export interface SiteSoakDeps {
  readonly console: ConsoleUnderTest;
  readonly site: Site;
  readonly lengthMs: number;
  readonly seed: number;
  readonly say: (text: string) => void;
}

/** What a soak found. */
export interface SoakVerdict {
  readonly crashed: boolean;
  readonly replaced: readonly string[];
  readonly falseLive: number;
  readonly judged: number;
  readonly oldestLiveMs: number;
  /** The longest the page ran nothing at all: for reading the rest, it excuses nothing. */
  readonly stoodStillMs: number;
  /** All show pictures that move; on a busy computer some may be called delayed. */
  readonly isEveryCameraBack: boolean;
  readonly liveAtEnd: number;
  readonly blows: Readonly<Record<string, number>>;
  readonly shares: Readonly<Record<string, number>>;
  readonly absences: Absences["ended"];
  readonly memory: Readonly<Record<string, MemoryTrend>>;
  readonly isMemoryLevel: boolean;
  readonly failures: readonly string[];
}

/** Simulated cameras on a wall of the real app while one of them is struck every 10 s. */
export class SiteSoak {
  readonly #deps: SiteSoakDeps;
  readonly #oracle: LiveOracle;
  readonly #absences = new Absences();
  readonly #memory = new MemoryBook();
  readonly #random: () => number;
  readonly #blows: Record<string, number> = {};
  readonly #failures: string[] = [];
  readonly #strikes: Promise<void>[] = [];
  #isClosed = false;
  #stoodStillMs = 0;
  #turn = 0;

  constructor(deps: SiteSoakDeps) {
    this.#deps = deps;
    this.#random = seededRandom(deps.seed);
    this.#oracle = new LiveOracle({ limitMs: oldestLiveMs, lastSent: (camera) => this.#lastSent(camera) });
    deps.console.app.on("close", () => {
      this.#isClosed = true;
    });
  }

  async run(): Promise<SoakVerdict> {
    const { site, lengthMs, console: app } = this.#deps;
    const startedMs = systemClock.monotonicMs();
    const timers = { memoryMs: 0, sayMs: 0 };
    let pastMs = 0;
    await startBeat(app.page);
    while (pastMs < lengthMs && !this.#isClosed) {
      if (pastMs >= this.#turn * blowEveryMs) this.#strikeNext();
      await this.#look();
      if (pastMs >= timers.memoryMs) {
        timers.memoryMs = pastMs + memoryEveryMs;
        await this.#lookAtMemory(pastMs);
      }
      if (pastMs >= timers.sayMs) {
        timers.sayMs = pastMs + sayEveryMs;
        for (const { name, pid, mb } of await lookAtHeaps(app.app, app.page))
          this.#memory.see(name, pid, { atMs: pastMs, mb });
        await this.#sayHow(pastMs);
      }
      await systemClock.sleep(lookEveryMs);
      pastMs = systemClock.monotonicMs() - startedMs;
    }
    await Promise.all(this.#strikes);
    for (const camera of site.cameras) camera.clearFaults();
    const liveAtEnd = this.#isClosed ? 0 : await this.#waitForAll();
    const isEveryCameraBack = !this.#isClosed && (await this.#areAllBack());
    if (!isEveryCameraBack) this.#failures.push("not every camera came back");
    this.#failures.push(...(await app.complaints()));
    const memory = this.#memory.trends;
    return {
      crashed: this.#isClosed || this.#memory.replaced.length > 0,
      replaced: this.#memory.replaced,
      falseLive: this.#oracle.falseLives.length,
      judged: this.#oracle.judged,
      oldestLiveMs: this.#oracle.oldestLiveMs,
      stoodStillMs: Math.round(this.#stoodStillMs),
      isEveryCameraBack,
      liveAtEnd,
      blows: this.#blows,
      shares: this.#absences.shares,
      absences: this.#absences.ended,
      memory,
      isMemoryLevel:
        lengthMs < shortestForMemoryMs ||
        Object.entries(memory).every(([name, { isLevel }]) => isLevel || name === ownProcess),
      failures: [
        ...this.#failures,
        ...this.#oracle.falseLives.map((each) => `false live: ${JSON.stringify(each)}`),
      ],
    };
  }

  #strikeNext(): void {
    const { cameras } = this.#deps.site;
    const blow = blowOf(this.#turn, cameras.length, this.#random);
    this.#turn += 1;
    this.#blows[blow.name] = (this.#blows[blow.name] ?? 0) + 1;
    const strike = this.#strike(blow).catch((error: unknown) => void this.#failures.push(String(error)));
    this.#strikes.push(strike);
  }

  /** Hits one camera, the next one if this is away just now; what lasts is taken back after its time. */
  async #strike(blow: Blow): Promise<void> {
    const { cameras } = this.#deps.site;
    const inOrder = [...cameras.slice(blow.camera), ...cameras.slice(0, blow.camera)];
    const camera = inOrder.find(({ state }) => state === "on");
    if (camera === undefined) throw new Error("no camera is on");
    this.#deps.say(`${this.#turn} ${blow.name} on ${camera.name}`);
    if ("reboot" in blow) return camera.reboot(blow.reboot);
    if ("skewClockMs" in blow) return camera.skewClock(blow.skewClockMs);
    camera.setFault(blow.fault);
    await systemClock.sleep(blow.forMs);
    camera.clearFault(blow.fault.kind);
  }

  async #look(): Promise<void> {
    const before = this.#oracle.falseLives.length;
    for (const sight of await lookAtWall(this.#deps.console.page)) {
      this.#oracle.see(sight);
      this.#stoodStillMs = Math.max(this.#stoodStillMs, sight.stoodStillMs);
      this.#absences.see(sight);
    }
    for (const each of this.#oracle.falseLives.slice(before))
      this.#deps.say(`FALSE LIVE ${JSON.stringify(each)}`);
  }

  /** When the youngest picture was taken that the camera has sent. */
  #lastSent(name: string): number | undefined {
    const camera = this.#deps.site.cameras.find((each) => each.name === name);
    if (camera === undefined) throw new Error(`the wall shows a camera that the site has not: ${name}`);
    const times = [...(camera.rtspCounters?.paths.values() ?? [])].flatMap(
      ({ lastFrameSentAt, lastFrameCapturedAt }) =>
        lastFrameSentAt === undefined
          ? []
          : [Math.min(lastFrameSentAt, lastFrameCapturedAt ?? lastFrameSentAt)],
    );
    return times.length === 0 ? undefined : Math.max(...times);
  }

  async #lookAtMemory(atMs: number): Promise<void> {
    for (const { name, pid, mb } of await lookAtProcesses(this.#deps.console.app))
      this.#memory.see(name, pid, { atMs, mb });
  }

  async #sayHow(pastMs: number): Promise<void> {
    const { say, site, console: app } = this.#deps;
    const live = await app.page.locator(liveTiles).count();
    const { count, longestMs } = this.#absences.ended;
    say(
      `— ${Math.round(pastMs / 60_000)} min: ${live} of ${site.cameras.length} live, ` +
        `${this.#oracle.judged} claims judged, ${this.#oracle.falseLives.length} false, ` +
        `the page stood still for ${Math.round(this.#stoodStillMs)} ms, ` +
        `oldest ${Math.round(this.#oracle.oldestLiveMs)} ms; ${count} absences, longest ${Math.round(longestMs)} ms; ` +
        `MB: ${this.#memory.words}`,
    );
  }

  /** Waits until all are live, at most for a while; answers how many are. */
  async #waitForAll(): Promise<number> {
    const { console: app, site } = this.#deps;
    const untilMs = systemClock.monotonicMs() + recoverWithinMs;
    for (;;) {
      const live = await app.page.locator(liveTiles).count();
      if (live === site.cameras.length || systemClock.monotonicMs() > untilMs) return live;
      await systemClock.sleep(lookEveryMs);
    }
  }

  async #areAllBack(): Promise<boolean> {
    const { console: app, site, say } = this.#deps;
    const sights = await lookAtWall(app.page);
    for (const { camera, state } of sights) if (state !== "live") say(`${camera}: ${state}`);
    const back = sights.filter(({ state }) => state === "live" || state === "delayed");
    return new Set(back.map(({ camera }) => camera)).size === site.cameras.length;
  }
}
