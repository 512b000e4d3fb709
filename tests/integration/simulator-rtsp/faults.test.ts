import { describe, expect, it } from "vitest";
import { waitUntil } from "../../fixtures/wait-until.ts";
import { cameraShowing, type CameraUnderTest } from "./camera-under-test.ts";
import { RawClient } from "./raw-client.ts";
import { here } from "../../fixtures/address-block.ts";

async function playing(camera: CameraUnderTest): Promise<RawClient> {
  const client = await RawClient.open(camera.host, camera.server.port);
  await client.play(`${camera.base}/sub`);
  await waitUntil("a picture", () => client.pictures() >= 1);
  return client;
}

const timestamps = (client: RawClient, from = 0): number[] =>
  client
    .video()
    .slice(from)
    .map(({ payload }) => payload.readUInt32BE(4));

describe("faults of the simulated RTSP server, switched while it runs", () => {
  it("kills connections once", async () => {
    await using camera = await cameraShowing("gate", { host: here("127.83.3.1") });
    const client = await playing(camera);
    expect(camera.server.killConnections()).toBe(1);
    await waitUntil("the cut", () => client.isClosed);
    (await playing(camera)).close();
  });

  it("refuses connections until it is cleared, then listens on the same port", async () => {
    await using camera = await cameraShowing("gate", { host: here("127.83.3.2") });
    const client = await playing(camera);
    camera.server.faults.set({ kind: "rtsp-refuse" });
    await waitUntil("the cut", () => client.isClosed);
    await expect(RawClient.open(camera.host, camera.server.port)).rejects.toThrow(/ECONNREFUSED/);
    camera.server.faults.clear("rtsp-refuse");
    await waitUntil("an open door", () =>
      RawClient.open(camera.host, camera.server.port).then(
        (again) => {
          again.close();
          return true;
        },
        () => false,
      ),
    );
  });

  it("stalls without a word and goes on at a keyframe; the counters tell the truth", async () => {
    await using camera = await cameraShowing("gate", { host: here("127.83.3.3") });
    const client = await playing(camera);
    camera.server.faults.set({ kind: "rtsp-stall" });
    const stalledAt = Date.now();
    await client.request("GET_PARAMETER", `${camera.base}/sub`);
    const count = client.packets.length;
    const sentAt = camera.server.counters.paths.get("/sub")?.lastFrameSentAt ?? Infinity;
    await waitUntil("half a second", () => Date.now() - stalledAt > 500);
    expect(client.packets.length).toBe(count);
    expect(client.isClosed).toBe(false);
    expect(camera.server.counters.paths.get("/sub")?.lastFrameSentAt).toBe(sentAt);
    camera.server.faults.clear();
    const nextPicture = () => client.packets.slice(count).find(({ channel }) => channel === 0);
    await waitUntil("pictures again", () => nextPicture() !== undefined);
    const next = nextPicture();
    expect((next?.payload[12] ?? 0) & 0x1f).toBe(24);
    client.close();
  });

  it("throws garbage between packets", async () => {
    await using camera = await cameraShowing("gate", { host: here("127.83.3.4") });
    const client = await playing(camera);
    camera.server.faults.set({ kind: "rtsp-garbage", share: 1 });
    await waitUntil("stray bytes", () => client.strayBytes > 100);
    expect(client.isClosed).toBe(false);
    client.close();
  });

  it("lets timestamps stand still, then jump", async () => {
    await using camera = await cameraShowing("gate", { host: here("127.83.3.5") });
    const client = await playing(camera);
    camera.server.faults.set({ kind: "rtsp-frozen-timestamps" });
    const from = client.video().length;
    await waitUntil("packets", () => client.video().length > from + 8);
    expect(new Set(timestamps(client, from + 1)).size).toBe(1);
    camera.server.faults.clear();
    camera.server.faults.set({ kind: "rtsp-jumping-timestamps", byMs: 3_600_000 });
    await waitUntil("a jump", () => {
      const list = timestamps(client);
      return list.some((value, index) => Math.abs((value - (list[index - 1] ?? value)) | 0) > 90_000 * 5);
    });
    client.close();
  });

  it("loses packets, and leaves out its sender reports", async () => {
    await using camera = await cameraShowing("gate", { host: here("127.83.3.6") });
    camera.server.faults.set({ kind: "rtsp-no-sender-reports" });
    camera.server.faults.set({ kind: "rtsp-loss", share: 0.5 });
    const client = await playing(camera);
    await waitUntil("packets", () => client.video().length > 12);
    const steps = client
      .video()
      .map(({ payload }, index, all) =>
        index === 0 ? 1 : (payload.readUInt16BE(2) - (all[index - 1]?.payload.readUInt16BE(2) ?? 0)) & 0xffff,
      );
    expect(steps.some((step) => step > 1)).toBe(true);
    expect(client.packets.some(({ channel }) => channel === 1)).toBe(false);
    client.close();
  });

  it("changes the resolution in mid-stream at a keyframe, and back", async () => {
    await using camera = await cameraShowing("gate", { host: here("127.83.3.7") });
    const client = await playing(camera);
    const parameterSets = (): Set<string> =>
      new Set(
        client
          .video()
          .filter(({ payload }) => ((payload[12] ?? 0) & 0x1f) === 24)
          .map(({ payload }) => payload.subarray(13, 40).toString("hex")),
      );
    expect(parameterSets().size).toBe(1);
    camera.server.faults.set({ kind: "rtsp-resolution-change", path: "/sub" });
    await waitUntil("other parameter sets", () => parameterSets().size === 2);
    const steps = timestamps(client).map((value, index, all) => (value - (all[index - 1] ?? value)) | 0);
    expect(Math.max(...steps)).toBeLessThan(90 * 450);
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(0);
    client.close();
  });

  it("delays pictures without leaving one out", async () => {
    await using camera = await cameraShowing("gate", { host: here("127.83.3.8") });
    const client = await playing(camera);
    camera.server.faults.set({ kind: "rtsp-delay", delayMs: 1_500 });
    await waitUntil("late pictures", () => client.pictures() > 12);
    const path = camera.server.counters.paths.get("/sub");
    const ageMs = (path?.lastFrameSentAt ?? 0) - (path?.lastFrameCapturedAt ?? 0);
    expect(ageMs).toBeGreaterThan(1_400);
    const unique = [...new Set(timestamps(client))];
    const steps = unique.slice(1).map((value, index) => (value - (unique[index] ?? 0)) | 0);
    expect(new Set(steps)).toEqual(new Set([9_000]));
    client.close();
  });

  it("answers wrongly: 401 for ever, a wrong length, an endless header, nothing at all", async () => {
    await using camera = await cameraShowing("gate", { host: here("127.83.3.9") });
    const { faults } = camera.server;
    const client = await RawClient.open(camera.host, camera.server.port);
    faults.set({ kind: "rtsp-auth-loop" });
    expect((await client.request("DESCRIBE", `${camera.base}/sub`)).status).toBe(401);
    expect((await client.request("DESCRIBE", `${camera.base}/sub`)).status).toBe(401);
    faults.clear();
    faults.set({ kind: "rtsp-wrong-content-length", by: -30 });
    const short = await client.request("DESCRIBE", `${camera.base}/sub`);
    expect(short.body.endsWith("trackID=0\r\n")).toBe(false);
    faults.clear();
    faults.set({ kind: "rtsp-hang" });
    let answered = false;
    const hanging = await RawClient.open(camera.host, camera.server.port);
    void hanging.request("OPTIONS", camera.base).then(() => {
      answered = true;
    });
    await waitUntil("the request", () => camera.server.counters.requests.get("OPTIONS") === 1);
    expect(answered).toBe(false);
    faults.clear();
    faults.set({ kind: "rtsp-endless-header" });
    const endless = await RawClient.open(camera.host, camera.server.port);
    void endless.request("OPTIONS", camera.base);
    await waitUntil("the second request", () => camera.server.counters.requests.get("OPTIONS") === 2);
    faults.clear();
    await waitUntil("the end", () => endless.isClosed);
    for (const one of [client, hanging]) one.close();
  });
});
