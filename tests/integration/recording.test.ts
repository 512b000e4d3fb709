import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, describe, expect, test } from "vitest";
import { indexRecording } from "../../electron/drivers/recording-file/open-recording.ts";
import { DiskGate } from "../../electron/media/recording/disk-gate.ts";
import { WriteBudget } from "../../electron/media/recording/write-budget.ts";
import { systemClock } from "../../shared/base/clock.ts";
import { FileWriter } from "../../electron/media/recording/file-writer.ts";
import type { RtspServer } from "../../electron/simulator/rtsp/server.ts";
import { ChannelId, PlaybackId } from "../../shared/base/ids.ts";
import { KeyList } from "../../shared/contract/key-list.ts";
import type { MediaReport } from "../../shared/contract/media-port.ts";
import type { SceneName } from "../../electron/simulator/scenes/scene.ts";
import { readGroup } from "../../renderer/player/group-pictures.ts";
import { camera, MediaBench } from "../fixtures/media-bench.ts";
import { waitUntil } from "../fixtures/wait-until.ts";
import { here } from "../fixtures/address-block.ts";

const run = promisify(execFile);
const servers: RtspServer[] = [];
const benches: MediaBench[] = [];
const folders: string[] = [];
let hosts = 0;
const site = "5".repeat(32);

function folder(): string {
  const made = fs.mkdtempSync(path.join(os.tmpdir(), "watchfloor-recording-"));
  folders.push(made);
  return made;
}

async function recording(
  name: SceneName,
  root: string,
  order: object = {},
): Promise<{ bench: MediaBench; server: RtspServer }> {
  hosts += 1;
  const { server, uri } = await camera(`${here("127.89.2")}.${hosts}`, name);
  const bench = new MediaBench();
  servers.push(server);
  benches.push(bench);
  bench.configure("gate", uri);
  bench.process.receive({
    type: "record",
    site,
    streams: [{ channelId: "gate", role: "main", locationId: 1, root, ...order }],
  });
  return { bench, server };
}

type Of<T extends MediaReport["type"]> = Extract<MediaReport, { type: T }>;
const said = <T extends MediaReport["type"]>(bench: MediaBench, type: T): readonly Of<T>[] =>
  bench.reports.filter((report): report is Of<T> => report.type === type);
const lengthOf = ({ times }: { readonly times: readonly number[] }): number =>
  (times.at(-1) ?? 0) - (times[0] ?? 0);
const recordedMs = (bench: MediaBench): number => {
  const opened = said(bench, "recording-opened")[0]?.startAt;
  const grown = said(bench, "recording-grown").at(-1)?.files[0]?.endAt;
  return opened === undefined || grown === undefined ? 0 : grown - opened;
};

afterEach(async () => {
  await Promise.all(benches.splice(0).map((bench) => bench.stop()));
  await Promise.all(servers.splice(0).map((server) => server.stop()));
  for (const one of folders.splice(0)) fs.rmSync(one, { recursive: true, force: true });
});

describe("a camera that is recorded", () => {
  test.each(["gate", "loading-bay", "lobby"] as const)(
    "%s comes into a file that an outside player takes whole, and back out of it as a playlist",
    async (name) => {
      const root = folder();
      const { bench } = await recording(name, root);
      await waitUntil("4 s on the disk", () => recordedMs(bench) >= 4_000, 20_000);
      bench.process.receive({ type: "record", site, streams: [] });
      await waitUntil("the file closed", () => said(bench, "recording-closed").length > 0);
      const [opened] = said(bench, "recording-opened");
      const [closed] = said(bench, "recording-closed");
      const file = path.join(root, opened?.path ?? "");
      expect(fs.statSync(file).size).toBe(closed?.bytes);
      const probe = await run("ffprobe", [
        "-v",
        "error",
        "-count_frames",
        "-show_streams",
        "-of",
        "json",
        file,
      ]);
      expect(probe.stderr).toBe("");
      const { streams } = JSON.parse(probe.stdout) as {
        streams: { codec_type: string; nb_read_frames: string }[];
      };
      const frames = Number(streams.find(({ codec_type }) => codec_type === "video")?.nb_read_frames);
      expect(frames).toBeGreaterThan(20);

      const index = await indexRecording(file);
      const files = [
        { path: opened?.path, root: null, run: opened?.run, startAt: opened?.startAt, endAt: closed?.endAt },
      ];
      const span = { from: 0, to: Date.now() + 60_000 };
      const playback = PlaybackId.parse("play-1");
      bench.process.receive({
        type: "open-playback",
        playback,
        windowId: 1,
        root,
        ...span,
        tracks: [{ channelId: "gate", files }],
      });
      await waitUntil("the playback", () => said(bench, "playback").length > 0);
      expect(said(bench, "playback")[0]?.tracks[0]).toMatchObject({
        from: index.keys[0]?.capturedAt,
        to: index.endAt,
      });
      bench.send({ type: "open-playback", subscription: 7, playback, channelId: ChannelId.parse("gate") });
      const text = async (name_: string): Promise<string> =>
        Buffer.from((await bench.get(7, name_)).bytes ?? []).toString("utf8");
      for (const list of ["index.m3u8", "keys.m3u8"]) {
        const playlist = await text(list);
        expect(playlist).toContain("#EXT-X-ENDLIST");
        const names = playlist.match(/[a-z]+-\d+\.(?:mp4|m4s)/g) ?? [];
        const parts = await Promise.all(names.map((each) => bench.get(7, each)));
        expect(parts.map(({ status }) => status)).toEqual(names.map(() => 200));
        const whole = path.join(root, `${list}.mp4`);
        fs.writeFileSync(whole, Buffer.concat(parts.map(({ bytes }) => bytes ?? Buffer.alloc(0))));
        const counted = await run("ffprobe", [
          "-v",
          "error",
          "-count_frames",
          "-select_streams",
          "v",
          "-show_entries",
          "stream=nb_read_frames",
          "-of",
          "csv=p=0",
          whole,
        ]);
        expect(counted.stderr).toBe("");
        const expected = list === "index.m3u8" ? frames : index.keys.length;
        expect(Number(counted.stdout)).toBe(expected);
      }
      const list = KeyList.parse(JSON.parse(await text("pictures.json")));
      expect(list.keys.map(([at]) => at)).toEqual(index.keys.map(({ capturedAt }) => capturedAt));
      expect(list.configs[0]?.codec).toMatch(name === "loading-bay" ? /^hvc1\./ : /^avc1\./);
      const samples = await Promise.all(list.keys.map((_, number) => bench.get(7, `sample-${number}.bin`)));
      for (const { status, bytes } of samples) {
        expect(status).toBe(200);
        // NAL units behind their lengths fill a sample to its end.
        const sample = Buffer.from(bytes ?? []);
        let at = 0;
        while (at + 4 <= sample.length) at += 4 + sample.readUInt32BE(at);
        expect(at).toBe(sample.length);
      }
      const groups = await Promise.all(list.keys.map((_, number) => bench.get(7, `group-${number}.bin`)));
      const pictures = groups.flatMap(({ bytes }, number) => [
        ...(readGroup(bytes ?? new Uint8Array(), list.keys[number]?.[0] ?? 0) ?? []),
      ]);
      expect(pictures).toHaveLength(frames);
      const times = pictures.map(({ at }) => at).sort((a, b) => a - b);
      expect(times[0]).toBe(index.keys[0]?.capturedAt);
      expect(Math.max(...times.slice(1).map((at, before) => at - (times[before] ?? 0)))).toBeLessThan(75);
      // Another window, and names that lead elsewhere, get nothing.
      for (const bad of ["../../etc/passwd", "chunk-99999.m4s", "init--1.mp4", ""]) {
        expect((await bench.get(7, bad)).status).toBe(404);
      }
    },
    60_000,
  );

  test("that goes away leaves a gap with its cause, and a new run when it comes back", async () => {
    const root = folder();
    const { bench, server } = await recording("gate", root);
    await waitUntil("2 s on the disk", () => recordedMs(bench) >= 2_000, 20_000);
    server.killConnections();
    await waitUntil("a gap", () => said(bench, "recording-gap").length > 0);
    await waitUntil("a second run", () => said(bench, "recording-opened").length > 1, 20_000);
    const [first, second] = said(bench, "recording-opened");
    expect(first?.run).not.toBe(second?.run);
    expect(said(bench, "recording-gap")[0]?.cause).toBe("offline");
    expect(said(bench, "recording-gap")[0]?.from).toBe(said(bench, "recording-closed")[0]?.endAt);
  }, 60_000);

  test("on events has what came before the event in its file, picture for picture, and says that nothing happened else", async () => {
    const root = folder();
    const { bench } = await recording("gate", root, { isWriting: false, holdMs: 6_000 });
    const heard = bench.open(1, "gate");
    await waitUntil("7 s of pictures", () => lengthOf(heard) > 7_000, 30_000);
    expect(fs.readdirSync(root)).toEqual([]);
    expect(said(bench, "recording-gap").map(({ cause }) => cause)).toEqual(["no-event"]);
    const at = Date.now();
    const order = (isWriting: boolean) => ({
      type: "record",
      site,
      streams: [
        { channelId: "gate", role: "main", locationId: 1, root, isWriting, from: at - 4_000, holdMs: 6_000 },
      ],
    });
    bench.process.receive(order(true));
    await waitUntil("2 s after the event", () => recordedMs(bench) >= 6_000, 20_000);
    bench.process.receive(order(false));
    await waitUntil("the file closed", () => said(bench, "recording-closed").length > 0, 20_000);
    const [opened] = said(bench, "recording-opened");
    const [closed] = said(bench, "recording-closed");
    const file = path.join(root, opened?.path ?? "");
    const { keys, endAt } = await indexRecording(file);
    // The group of pictures that shows the instant asked for, and no earlier one.
    expect(keys[0]?.capturedAt).toBe(opened?.startAt);
    expect(opened?.startAt).toBeLessThanOrEqual(at - 4_000);
    expect(keys[1]?.capturedAt).toBeGreaterThan(at - 4_000);
    const first = opened?.startAt ?? 0;
    const live = heard.fragments
      .flatMap(({ frames }) => frames)
      .filter(({ capturedAt }) => Math.round(capturedAt) >= first && Math.round(capturedAt) < endAt - 20);
    const counted = await run("ffprobe", [
      ..."-v error -count_frames -select_streams v -show_entries stream=nb_read_frames -of csv=p=0".split(
        " ",
      ),
      file,
    ]);
    expect(counted.stderr).toBe("");
    expect(Number(counted.stdout)).toBe(live.length);
    await waitUntil("nothing happens again", () => said(bench, "recording-gap").length > 1);
    expect(said(bench, "recording-gap").at(-1)).toMatchObject({ cause: "no-event", from: closed?.endAt });
    // Armed again from the very next picture on: a second event loses nothing in between.
    bench.process.receive(order(true));
    await waitUntil("a second run", () => said(bench, "recording-opened").length > 1, 20_000);
    expect(Math.abs((said(bench, "recording-opened")[1]?.startAt ?? 0) - endAt)).toBeLessThan(20);
  }, 90_000);

  test("on events that is cut off still has what it saw before that", async () => {
    const root = folder();
    const { bench, server } = await recording("gate", root, { isWriting: false, holdMs: 30_000 });
    const heard = bench.open(1, "gate");
    await waitUntil("3 s of pictures", () => lengthOf(heard) > 3_000, 30_000);
    await server.stop();
    await waitUntil("the loss", () => said(bench, "recording-gap").at(-1)?.cause === "offline", 20_000);
    const place = { channelId: "gate", role: "main", locationId: 1, root };
    const streams = [{ ...place, isWriting: true, from: 0, holdMs: 30_000 }];
    bench.process.receive({ type: "record", site, streams });
    await waitUntil("the file closed", () => said(bench, "recording-closed").length > 0, 20_000);
    const [opened] = said(bench, "recording-opened");
    const { keys, endAt } = await indexRecording(path.join(root, opened?.path ?? ""));
    expect(endAt - (keys[0]?.capturedAt ?? endAt)).toBeGreaterThan(2_500);
    await waitUntil("the loss again", () => said(bench, "recording-gap").at(-1)?.from === endAt, 20_000);
    expect(said(bench, "recording-gap").at(-1)?.cause).toBe("offline");
  }, 60_000);

  test("twice at the same instant, for its clock was set back, is kept in two files", async () => {
    const root = folder();
    const nameOf = (attempt: number): string => `a-${attempt}.mp4`;
    const file = (attempt: number): string => path.join(root, nameOf(attempt));
    fs.writeFileSync(file(0), "earlier");
    const failures: unknown[] = [];
    const writer = new FileWriter({
      root,
      nameOf,
      heldBytes: 0,
      clock: systemClock,
      budget: new WriteBudget(1e6),
      gate: new DiskGate(),
      onWritten: () => undefined,
      onFailed: (error) => failures.push(error),
    });
    writer.append([Buffer.from("later")], 1);
    await writer.close(undefined, 1);
    expect(failures).toEqual([]);
    expect([0, 1].map((attempt) => fs.readFileSync(file(attempt), "utf8"))).toEqual(["earlier", "later"]);
  });

  test("whose disk cannot be written says so and goes on by itself when it can", async () => {
    const root = path.join(folder(), "disk");
    // A file where the folder should be: refused for every user, root too.
    fs.writeFileSync(root, "");
    const { bench } = await recording("gate", root);
    await waitUntil(
      "trouble",
      () => said(bench, "recording-gap").some(({ cause }) => cause === "disk-error"),
      20_000,
    );
    fs.rmSync(root);
    await waitUntil("recording again", () => said(bench, "recording-opened").length > 0, 30_000);
    expect(said(bench, "recording-gap")).toHaveLength(1);
  }, 60_000);
});
