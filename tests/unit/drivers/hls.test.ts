import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HlsOrigin } from "../../../electron/drivers/hls/hls-origin.ts";
import type { HlsChunk } from "../../../electron/drivers/hls/live-window.ts";
import { PartBuilder, type PartEvent } from "../../../electron/drivers/hls/part-builder.ts";
import type { Clock } from "../../../shared/base/clock.ts";

/** A clock that stands where it is put; waits end only by their signal, or when `pass` goes over them. */
class StillClock implements Clock {
  nowMs = 0;
  readonly #sleeps: { readonly untilMs: number; readonly wake: () => void }[] = [];
  now(): number {
    return 1_700_000_000_000 + this.nowMs;
  }
  monotonicMs(): number {
    return this.nowMs;
  }
  sleep(durationMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#sleeps.push({ untilMs: this.nowMs + durationMs, wake: resolve });
    });
  }
  pass(ms: number): void {
    this.nowMs += ms;
    for (const sleep of this.#sleeps) if (sleep.untilMs <= this.nowMs) sleep.wake();
  }
}

const frameS = 0.1;
const picture = (index: number, every = 10): HlsChunk => ({
  track: "video",
  bytes: Uint8Array.of(1, index & 255),
  isKeyframe: index % every === 0,
  startS: index * frameS,
  durationS: frameS,
  capturedAt: 1_700_000_000_000 + index * 100,
});
const sound = (startS: number, durationS: number): HlsChunk => ({
  track: "audio",
  bytes: Uint8Array.of(2),
  isKeyframe: false,
  startS,
  durationS,
  capturedAt: 0,
});
const never = new AbortController().signal;
const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

function origin(): { origin: HlsOrigin; clock: StillClock } {
  const clock = new StillClock();
  return { origin: new HlsOrigin({ clock, partTargetS: 0.5 }), clock };
}
function feed(to: HlsOrigin, from: number, until: number): void {
  for (let index = from; index < until; index++) to.push(picture(index));
}
const lines = (playlist: string, name: string): readonly string[] =>
  playlist.split("\n").filter((line) => line.startsWith(name));

describe("trap 1: a part whose sound ends before its pictures", () => {
  const build = (withSound: boolean): { parts: PartBuilder; events: PartEvent[] } => {
    const events: PartEvent[] = [];
    const parts = new PartBuilder(0.5, (event) => events.push(event));
    parts.begin(withSound);
    return { parts, events };
  };
  const ready = (events: readonly PartEvent[]): number => events.filter(({ kind }) => kind === "part").length;

  test("is held until the sound reaches its end", () => {
    const { parts, events } = build(true);
    for (let index = 0; index <= 5; index++) parts.push(picture(index), index * 100);
    parts.push(sound(0, 0.45), 510);
    expect(ready(events)).toBe(0);
    parts.push(sound(0.45, 0.064), 520);
    expect(ready(events)).toBe(1);
    const [part] = events.filter((event) => event.kind === "part");
    expect(part?.part.bytes.filter((bytes) => bytes[0] === 2)).toHaveLength(2);
  });

  test("is held for at most 300 ms", () => {
    const { parts, events } = build(true);
    for (let index = 0; index <= 7; index++) parts.push(picture(index), index * 100);
    expect(ready(events)).toBe(0);
    parts.push(picture(8), 800);
    expect(ready(events)).toBe(1);
  });

  test("is not held where there is no sound", () => {
    const { parts, events } = build(false);
    for (let index = 0; index <= 5; index++) parts.push(picture(index), index * 100);
    expect(ready(events)).toBe(1);
  });
});

describe("trap 2: a reconnect", () => {
  test("closes the old segment and opens the new one in one step, counting the discontinuity", async () => {
    const { origin: own } = origin();
    own.beginEpoch(1, Uint8Array.of(1), false);
    feed(own, 0, 44);
    const before = text((await own.get("index.m3u8", never)).bytes);
    own.beginEpoch(2, Uint8Array.of(2), false);
    const between = text((await own.get("index.m3u8", never)).bytes);
    // The old segment is still open, and nothing of the new epoch is announced.
    expect(between).not.toContain("EXT-X-DISCONTINUITY\n");
    expect(lines(between, "#EXTINF")).toHaveLength(lines(before, "#EXTINF").length);
    for (let index = 50; index < 56; index++) own.push({ ...picture(index, 50) });
    const after = text((await own.get("index.m3u8", never)).bytes);
    expect(lines(after, "#EXTINF")).toHaveLength(lines(before, "#EXTINF").length + 1);
    expect(after).toContain('#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI="init-2.mp4"');
    expect(after).toContain("#EXT-X-DISCONTINUITY-SEQUENCE:0");
  });

  test("keeps counting when the discontinuity is the first thing left in the window, and after it has gone", async () => {
    const { origin: own } = origin();
    own.beginEpoch(1, Uint8Array.of(1), false);
    feed(own, 0, 40);
    own.beginEpoch(2, Uint8Array.of(2), false);
    const sequences: { readonly first: number; readonly discontinuities: number }[] = [];
    for (let index = 40; index < 200; index++) {
      own.push(picture(index));
      const playlist = text((await own.get("index.m3u8", never)).bytes);
      const first = Number(/MEDIA-SEQUENCE:(\d+)/.exec(playlist)?.[1]);
      const discontinuities = Number(/DISCONTINUITY-SEQUENCE:(\d+)/.exec(playlist)?.[1]);
      const inside = lines(playlist, "#EXT-X-DISCONTINUITY").filter(
        (line) => !line.includes("SEQUENCE"),
      ).length;
      // Whatever has left the window, the last segment belongs to the stream's one discontinuity.
      if (playlist.includes("init-2.mp4")) expect(discontinuities + inside).toBe(1);
      sequences.push({ first, discontinuities });
    }
    expect(sequences.at(-1)).toMatchObject({ discontinuities: 1 });
    expect((await own.get("init-1.mp4", never)).status).toBe(404);
    expect((await own.get("init-2.mp4", never)).status).toBe(200);
  });
});

describe("trap 3: the first playlist", () => {
  test("waits until three segments are complete", async () => {
    const { origin: own } = origin();
    own.beginEpoch(1, Uint8Array.of(1), false);
    let answer: string | undefined;
    const asked = own.get("index.m3u8", never).then((response) => {
      answer = text(response.bytes);
    });
    feed(own, 0, 30);
    await Promise.resolve();
    expect(answer).toBeUndefined();
    feed(own, 30, 31);
    await asked;
    expect(lines(answer ?? "", "#EXTINF")).toHaveLength(3);
  });

  test("is refused, not waited for for ever, when the source brings nothing", async () => {
    const { origin: own, clock } = origin();
    const asked = own.get("index.m3u8", never);
    clock.pass(31_000);
    expect((await asked).status).toBe(503);
  });
});

describe("the playlist", () => {
  test("lists parts no longer than the target, marks keyframes, and hints at the next part", async () => {
    const { origin: own } = origin();
    own.beginEpoch(1, Uint8Array.of(1), false);
    feed(own, 0, 48);
    const playlist = text((await own.get("index.m3u8", never)).bytes);
    const target = Number(/PART-TARGET=([\d.]+)/.exec(playlist)?.[1]);
    const durations = lines(playlist, "#EXT-X-PART:").map((line) =>
      Number(/DURATION=([\d.]+)/.exec(line)?.[1]),
    );
    expect(durations.length).toBeGreaterThan(3);
    expect(Math.max(...durations)).toBeLessThanOrEqual(target);
    expect(playlist).toContain('URI="part-3-0.m4s",INDEPENDENT=YES');
    expect(playlist).toMatch(/PRELOAD-HINT:TYPE=PART,URI="part-4-1\.m4s"/);
    expect(playlist).toContain("#EXT-X-PROGRAM-DATE-TIME:2023-11-14T22:13:20.000Z");
  });

  test("blocks until the part that was asked for is there", async () => {
    const { origin: own } = origin();
    own.beginEpoch(1, Uint8Array.of(1), false);
    feed(own, 0, 42);
    let isAnswered = false;
    const asked = own.get("index.m3u8?_HLS_msn=4&_HLS_part=0", never).then((response) => {
      isAnswered = true;
      return text(response.bytes);
    });
    feed(own, 42, 45);
    await Promise.resolve();
    expect(isAnswered).toBe(false);
    feed(own, 45, 46);
    expect(await asked).toContain('URI="part-4-0.m4s"');
    expect((await own.get("index.m3u8?_HLS_msn=900", never)).status).toBe(400);
    expect((await own.get("index.m3u8?_HLS_msn=x", never)).status).toBe(400);
  });

  test("a segment is its parts, a part that is hinted at is waited for", async () => {
    const { origin: own } = origin();
    own.beginEpoch(1, Uint8Array.of(1), false);
    feed(own, 0, 42);
    const segment = await own.get("segment-3.m4s", never);
    const parts = await Promise.all([0, 1].map((part) => own.get(`part-3-${part}.m4s`, never)));
    expect([...(segment.bytes ?? [])]).toEqual(parts.flatMap(({ bytes }) => [...(bytes ?? [])]));
    const hinted = own.get("part-4-0.m4s", never);
    feed(own, 42, 46);
    expect((await hinted).status).toBe(200);
  });

  test("stays within its memory however long the groups of pictures are", () => {
    const clock = new StillClock();
    const own = new HlsOrigin({ clock, partTargetS: 0.5, maxBytes: 10_000 });
    own.beginEpoch(1, Uint8Array.of(1), false);
    for (let index = 0; index < 5_000; index++) {
      own.push({ ...picture(index, 100), bytes: new Uint8Array(100) });
      expect(own.bytes).toBeLessThan(32_000);
    }
  });

  test("any path gets an answer", async () => {
    const { origin: own } = origin();
    own.beginEpoch(1, Uint8Array.of(1), false);
    feed(own, 0, 60);
    const ended = AbortSignal.abort();
    const names = fc.oneof(
      fc.string(),
      fc.stringMatching(/^(part|segment|init)-\d{1,4}(-\d{1,3})?\.(m4s|mp4)$/),
    );
    await fc.assert(
      fc.asyncProperty(names, fc.string(), async (name, query) => {
        const { status } = await own.get(`${name}?${query}`, ended);
        expect([200, 400, 404, 503]).toContain(status);
      }),
    );
  });
});
