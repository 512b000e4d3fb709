import { afterEach, expect, test } from "vitest";
import { askRecordings, askReplayUri } from "../../../electron/drivers/onvif/recorded-calls.ts";
import { askServices } from "../../../electron/drivers/onvif/services.ts";
import { readReplayMarks, type ReplayMarks } from "../../../electron/drivers/rtp/replay-extension.ts";
import { RtspError } from "../../../electron/drivers/rtsp/rtsp-error.ts";
import { RtspSession } from "../../../electron/drivers/rtsp/rtsp-session.ts";
import { SoapClient } from "../../../electron/drivers/soap/soap-client.ts";
import { systemClock } from "../../../shared/base/clock.ts";
import type { SimulatedCamera } from "../../../electron/simulator/site-api.ts";
import type { CameraSpec } from "../../../electron/simulator/site-options.ts";
import { startSite } from "../../../electron/simulator/site.ts";
import { here } from "../../fixtures/address-block.ts";
import { waitUntil } from "../../fixtures/wait-until.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

const signal = new AbortController().signal;

async function cameraWith(spec: CameraSpec): Promise<SimulatedCamera> {
  const site = await startSite({
    addressBase: here("127.81.77.1"),
    discovery: { mode: "off" },
    cameras: [spec],
  });
  cleanups.push(() => site.stop());
  const [camera] = site.cameras;
  if (camera === undefined) throw new Error("no camera");
  return camera;
}

function clientOf({ host, httpPort: port, username, password }: SimulatedCamera): SoapClient {
  const client = new SoapClient({
    clock: systemClock,
    target: { host, port, tls: false, fingerprint: null },
    login: { username, password },
    loginKind: null,
    clockOffsetMs: 0,
  });
  cleanups.push(() => client.close());
  return client;
}

/** Everything the camera replays of a span, by its own clock; ends with its BYE. */
async function replayed(
  camera: SimulatedCamera,
  uri: string,
  span: { from: number; to: number },
): Promise<{ marks: ReplayMarks[]; packets: number }> {
  const marks: ReplayMarks[] = [];
  let packets = 0;
  let hasEnded = false;
  const session = new RtspSession({
    url: uri,
    credential: { username: camera.username, password: camera.password },
    transport: "tcp",
    clock: systemClock,
    replay: span,
    sink: {
      onRtp: (_, packet) => {
        packets += 1;
        const read = readReplayMarks(packet);
        if (read) marks.push(read);
      },
      onRtcp: () => {
        hasEnded = true;
      },
    },
  });
  cleanups.push(() => session.close());
  await session.describe(signal);
  await session.setup("trackID=0", signal);
  await session.play(signal);
  await waitUntil("the replay has ended", () => hasEnded);
  return { marks, packets };
}

async function uriOf(camera: SimulatedCamera): Promise<string> {
  return askReplayUri(clientOf(camera), "/onvif/replay_service", "Recording_1");
}

test("a camera with a card tells of its recordings, one without has no such services", async () => {
  const camera = await cameraWith({ card: true, sources: 2 });
  const client = clientOf(camera);
  const { services } = await askServices(client, "/onvif/device_service");
  const path = services.find(({ name }) => name === "search")?.path ?? "";
  expect(services.map(({ name }) => name)).toContain("replay");
  const recordings = await askRecordings(client, path, systemClock);
  expect(recordings.map(({ token, sourceId }) => [token, sourceId])).toEqual([
    ["Recording_1", "VideoSource_1"],
    ["Recording_2", "VideoSource_2"],
  ]);
  for (const { from, to } of recordings) {
    expect(to - from).toBeGreaterThanOrEqual(86_400_000);
    expect(Math.abs(to - systemClock.now())).toBeLessThan(60_000);
  }

  const plain = await cameraWith({ host: here("127.81.77.9") });
  const without = await askServices(clientOf(plain), "/onvif/device_service");
  expect(without.services.map(({ name }) => name)).not.toContain("search");
});

test("ten minutes of the card come far faster than they took, each picture with its time, from a keyframe on", async () => {
  const camera = await cameraWith({ card: true, scene: "gate", clockOffsetMs: 3_600_000 });
  const uri = await uriOf(camera);
  const from = camera.now - 700_000;
  const startedMs = systemClock.monotonicMs();
  const { marks } = await replayed(camera, uri, { from, to: from + 600_000 });
  expect(systemClock.monotonicMs() - startedMs).toBeLessThan(300_000);
  const [first] = marks;
  const last = marks.at(-1);
  expect(first?.isClean).toBe(true);
  expect(first?.deviceAt).toBeLessThanOrEqual(from + 1);
  expect(first?.deviceAt).toBeGreaterThan(from - 10_000);
  expect(last?.isLast).toBe(true);
  expect(last?.deviceAt).toBeLessThan(from + 600_000);
  expect(last?.deviceAt).toBeGreaterThan(from + 599_000);
  const steps = marks.slice(1).map(({ deviceAt }, index) => deviceAt - (marks[index]?.deviceAt ?? 0));
  expect(Math.max(...steps)).toBeLessThan(500);
  expect(marks.some(({ isBroken }) => isBroken)).toBe(false);
});

test("what the camera recorded while nobody reached it is there, and while it was off it recorded nothing", async () => {
  const camera = await cameraWith({ card: true, scene: "gate" });
  camera.setFault({ kind: "rtsp-refuse" });
  const awayAt = camera.now;
  await waitUntil("the network was away for a while", () => camera.now > awayAt + 2_500);
  camera.clearFault("rtsp-refuse");
  const offAt = camera.now;
  await camera.powerOff();
  await waitUntil("it was off for a while", () => systemClock.now() > offAt + 3_000);
  await camera.start();
  const onAt = camera.now;
  await waitUntil("it has recorded again", () => camera.now > onAt + 6_000);

  const uri = await uriOf(camera);
  const { marks } = await replayed(camera, uri, { from: awayAt, to: camera.now });
  const whileAway = marks.filter(({ deviceAt }) => deviceAt > awayAt && deviceAt < awayAt + 2_500);
  expect(whileAway.length).toBeGreaterThan(10);
  const whileOff = marks.filter(({ deviceAt }) => deviceAt > offAt + 500 && deviceAt < onAt - 500);
  expect(whileOff).toEqual([]);
  const resumed = marks.find(({ isBroken }) => isBroken);
  expect(resumed?.isClean).toBe(true);
  expect(marks.filter(({ endsStretch }) => endsStretch)).toHaveLength(2);
});

test("a client that holds its reading makes the camera wait, and loses nothing", async () => {
  const camera = await cameraWith({ card: true, scene: "gate" });
  const uri = await uriOf(camera);
  const span = { from: camera.now - 1_300_000, to: camera.now - 10_000 };
  const whole = await replayed(camera, uri, span);
  let packets = 0;
  let hasEnded = false;
  const session: RtspSession = new RtspSession({
    url: uri,
    credential: { username: camera.username, password: camera.password },
    transport: "tcp",
    clock: systemClock,
    replay: span,
    sink: {
      onRtp: () => {
        packets += 1;
        if (packets === 50) session.hold(true);
      },
      onRtcp: () => {
        hasEnded = true;
      },
    },
  });
  cleanups.push(() => session.close());
  await session.describe(signal);
  await session.setup("trackID=0", signal);
  await session.play(signal);
  await waitUntil("it holds", () => packets >= 50);
  const sentBefore = camera.rtspCounters?.packetsSent ?? 0;
  expect(hasEnded).toBe(false);
  session.hold(false);
  await waitUntil("the rest has come", () => hasEnded);
  expect(packets).toBe(whole.packets);
  expect(camera.rtspCounters?.packetsSent).toBeGreaterThan(sentBefore);
});

test("a range without a beginning, UDP and a camera without a card are refused in words of RTSP", async () => {
  const camera = await cameraWith({});
  const session = new RtspSession({
    url: camera.mainUri,
    credential: { username: camera.username, password: camera.password },
    transport: "tcp",
    clock: systemClock,
    replay: { from: 0, to: 1_000 },
    sink: { onRtp: () => undefined, onRtcp: () => undefined },
  });
  cleanups.push(() => session.close());
  const refused = await session.describe(signal).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(RtspError);
  expect(refused).toMatchObject({ status: 551 });
});
