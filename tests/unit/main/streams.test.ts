import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { saveSnapshotFile } from "../../../electron/main/streams/snapshot-folder.ts";
import { snapshotName } from "../../../electron/main/streams/snapshot-name.ts";
import { withHost } from "../../../electron/main/streams/source-configs.ts";
import { TileBook } from "../../../electron/main/streams/tile-book.ts";
import { ChannelId } from "../../../shared/base/ids.ts";
import type { TileReport } from "../../../shared/contract/live.ts";
import type { TileState } from "../../../shared/model/tile-state.ts";

const at = Date.UTC(2026, 10, 22, 4, 31, 43, 120);

describe("snapshot names", () => {
  test("hold number, name, site time and offset", () => {
    const channel = { number: 12, name: "Loading bay" };
    expect(snapshotName(channel, at, "Europe/Berlin")).toBe(
      "12 Loading bay 2026-11-22 05.31.43.120 +0100.png",
    );
    expect(snapshotName(channel, at, "UTC")).toBe("12 Loading bay 2026-11-22 04.31.43.120 +0000.png");
    expect(snapshotName(channel, at, "America/St_Johns")).toContain("2026-11-22 01.01.43.120 -0330.png");
    expect(snapshotName(channel, at, "Nowhere/Nothing")).toMatch(
      /^12 Loading bay 2026-11-2\d .* [+-]\d{4}\.png$/,
    );
  });

  test("are one safe file name on every system, whatever the channel is called", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), fc.nat(99_998), (name, number) => {
        const file = snapshotName({ number: number + 1, name }, at, "UTC");
        expect(file).not.toMatch(/[<>:"/\\|?*\p{Cc}]/u);
        expect(path.basename(file)).toBe(file);
        expect(path.win32.basename(file)).toBe(file);
        expect(file.endsWith(".png")).toBe(true);
        expect(file.length).toBeLessThan(140);
      }),
    );
    expect(snapshotName({ number: 1, name: "../../etc/passwd" }, at, "UTC")).toMatch(
      /^1 \.\._\.\._etc_passwd /,
    );
  });
});

describe("snapshot files", () => {
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "watchfloor-shots-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test("never overwrite another", async () => {
    const saved = await Promise.all(
      [1, 2, 3].map(() => saveSnapshotFile(path.join(folder, "deep", "er"), "a.png", png)),
    );
    const names = saved.map((result) => (result.ok ? path.basename(result.value) : result.error));
    expect(names.toSorted()).toEqual(["a (2).png", "a (3).png", "a.png"]);
    for (const result of saved) if (result.ok) expect((await readFile(result.value)).equals(png)).toBe(true);
  });

  test("are refused when they are no PNG, and say why a folder cannot be used", async () => {
    expect(await saveSnapshotFile(folder, "a.png", Buffer.from("GIF89a...."))).toEqual({
      ok: false,
      error: "the picture is not a PNG",
    });
    const file = path.join(folder, "file");
    await writeFile(file, "x");
    expect(await saveSnapshotFile(path.join(file, "below"), "a.png", png)).toEqual({
      ok: false,
      error: "the snapshot folder's path leads through a file",
    });
  });
});

describe("stream addresses", () => {
  test("lead to the device's present host, without user info", () => {
    expect(withHost("rtsp://10.0.0.5:8554/main?x=1", "10.0.0.9")).toBe("rtsp://10.0.0.9:8554/main?x=1");
    expect(withHost("rtsp://admin:pw@evil.example/main", "10.0.0.9")).toBe("rtsp://10.0.0.9/main");
    expect(withHost("rtsp://[fe80::1]:554/a", "fd00::2")).toBe("rtsp://[fd00::2]:554/a");
  });

  test("never keep another host", () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), (url) => {
        expect(new URL(withHost(url.replace(/^https?/, "rtsp"), "10.9.9.9")).hostname).toBe("10.9.9.9");
      }),
    );
  });
});

describe("the book of tiles", () => {
  const channelId = ChannelId.parse("gate");
  const live: TileState = { kind: "live", ageMs: 100 };
  const stale: TileState = { kind: "stale", lastFrameAt: 1, forMs: 3_400, isUrgent: false };
  const lost: TileState = { kind: "lost", reason: "closed", detail: "cut", retryAt: 5, lastFrameAt: 1 };
  const report = (state: TileState): TileReport[] => [{ channelId, state, latencyMs: 120, dropped: 1 }];

  test("tells loss and return once each, and that the first picture is no news", () => {
    const book = new TileBook();
    expect(book.report(1, report(live), 0)).toEqual([]);
    expect(book.report(1, report(live), 1_000)).toEqual([]);
    expect(book.report(1, report(stale), 2_000)).toMatchObject([
      { kind: "picture-stale", detail: "no new picture for 3 s" },
    ]);
    expect(book.report(1, report(stale), 3_000)).toEqual([]);
    expect(book.report(1, report(lost), 4_000)).toMatchObject([
      { kind: "source-lost", detail: "closed: cut" },
    ]);
    expect(book.report(1, report(live), 9_000)).toMatchObject([
      { kind: "picture-live", detail: "after 5 s" },
    ]);
  });

  test("counts a channel once, by its best window", () => {
    const book = new TileBook();
    book.report(1, report(stale), 0);
    expect(book.report(2, report(live), 100)).toMatchObject([{ kind: "picture-live" }]);
    expect(book.summary(100)).toMatchObject({ live: 1, stale: 0, latenciesMs: [120] });
    book.forget(2);
    expect(book.summary(100)).toMatchObject({ live: 0, stale: 1, latenciesMs: [] });
    expect(book.summary(9_000)).toMatchObject({ live: 0, stale: 0 });
  });
});
