import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { InterleavedSink, mostUnreadBytes } from "../../../electron/simulator/rtsp/packet-sink.ts";
import { waitUntil } from "../../fixtures/wait-until.ts";
import { cameraShowing } from "./camera-under-test.ts";
import { RawClient } from "./raw-client.ts";
import { here } from "../../fixtures/address-block.ts";

const ntpEpochS = 2_208_988_800;

/** Camera time of an RTP packet by the session's first sender report, ms UTC. */
function capturedAt(client: RawClient, rtp: Buffer): number {
  const report = client.packets.find(({ channel, payload }) => channel === 1 && payload[1] === 200)?.payload;
  if (report === undefined) throw new Error("no sender report");
  const seconds = report.readUInt32BE(8) - ntpEpochS + report.readUInt32BE(12) / 2 ** 32;
  return seconds * 1_000 + ((rtp.readUInt32BE(4) - report.readUInt32BE(16)) | 0) / 90;
}

describe("simulated RTSP server", () => {
  it("plays over TCP: parameter sets first, numbered packets, reports that tell when each picture was taken", async () => {
    await using camera = await cameraShowing("gate", { host: here("127.83.1.1") });
    const client = await RawClient.open(camera.host, camera.server.port);
    await client.play(`${camera.base}/sub`);
    await waitUntil("twelve pictures", () => client.pictures() >= 12);
    client.close();
    const packets = client.video();
    expect((packets[0]?.payload[12] ?? 0) & 0x1f).toBe(24);
    for (const [index, { payload }] of packets.entries()) {
      const before = packets[index - 1]?.payload;
      if (before !== undefined) expect((payload.readUInt16BE(2) - before.readUInt16BE(2)) & 0xffff).toBe(1);
    }
    const ages = packets.map(({ payload, at }) => at - capturedAt(client, payload));
    expect(Math.min(...ages)).toBeGreaterThan(-3);
    expect(ages.toSorted((a, b) => a - b)[Math.floor(ages.length / 2)]).toBeLessThan(500);
    expect(client.packets.some(({ channel }) => channel === 2)).toBe(true);
  });

  it("writes the camera's own wrong clock into its reports", async () => {
    await using camera = await cameraShowing("gate", {
      host: here("127.83.1.2"),
      cameraNow: () => Date.now() - 3_600_000,
    });
    const client = await RawClient.open(camera.host, camera.server.port);
    await client.play(`${camera.base}/sub`);
    await waitUntil("a picture", () => client.pictures() >= 1);
    const [first] = client.video();
    const offset = (first === undefined ? 0 : capturedAt(client, first.payload) - first.at) / 3_600_000;
    client.close();
    expect(offset).toBeCloseTo(-1, 2);
  });

  it("plays over UDP from the ports it named", async () => {
    await using camera = await cameraShowing("car-park", { host: here("127.83.1.3") });
    const client = await RawClient.open(camera.host, camera.server.port);
    const received: { payload: Buffer; port: number }[] = [];
    const socket = createSocket("udp4");
    socket.on("message", (payload, { port }) => received.push({ payload, port }));
    await new Promise<void>((resolve) => {
      socket.bind(0, () => resolve());
    });
    const { port } = socket.address();
    const setup = await client.request("SETUP", `${camera.base}/sub/trackID=0`, {
      Transport: `RTP/AVP;unicast;client_port=${port}-${port + 1}`,
    });
    const serverPort = Number(/server_port=(\d+)-/.exec(setup.headers.get("transport") ?? "")?.[1]);
    expect(serverPort % 2).toBe(0);
    await client.request("PLAY", `${camera.base}/sub`, {
      Session: setup.headers.get("session")?.split(";")[0] ?? "",
    });
    await waitUntil("packets", () => received.length > 10);
    expect(received.every((packet) => packet.port === serverPort && packet.payload[0] === 0x80)).toBe(true);
    client.close();
    socket.close();
    await waitUntil("the session's end", () => camera.server.counters.sessions === 0);
  });

  it("pauses, goes on at a keyframe and tears down", async () => {
    await using camera = await cameraShowing("gate", { host: here("127.83.1.4") });
    const client = await RawClient.open(camera.host, camera.server.port);
    const session = await client.play(`${camera.base}/sub`);
    await waitUntil("pictures", () => client.pictures() >= 2);
    await client.request("PAUSE", `${camera.base}/sub`, { Session: session });
    const before = client.packets.length;
    const seen = client.video().length;
    await client.request("GET_PARAMETER", `${camera.base}/sub`, { Session: session });
    expect(client.packets.length).toBe(before);
    const reply = await client.request("PLAY", `${camera.base}/sub`, { Session: session });
    const [, rtpTime] = /rtptime=(\d+)/.exec(reply.headers.get("rtp-info") ?? "") ?? [];
    await waitUntil("pictures again", () => client.video().length > seen);
    const next = client.video()[seen];
    expect((next?.payload[12] ?? 0) & 0x1f).toBe(24);
    expect(next?.payload.readUInt32BE(4)).toBe(Number(rtpTime));
    expect((await client.request("TEARDOWN", `${camera.base}/sub`, { Session: session })).status).toBe(200);
    expect((await client.request("PLAY", `${camera.base}/sub`, { Session: session })).status).toBe(454);
    client.close();
  });

  it("ends a session that keeps silent, and keeps one that says it is there", async () => {
    await using camera = await cameraShowing("gate", { host: here("127.83.1.5"), sessionTimeoutS: 1 });
    const silent = await RawClient.open(camera.host, camera.server.port);
    const alive = await RawClient.open(camera.host, camera.server.port);
    await silent.play(`${camera.base}/sub`);
    const session = await alive.play(`${camera.base}/sub`);
    await waitUntil("the silent one's end", async () => {
      await alive.request("GET_PARAMETER", `${camera.base}/sub`, { Session: session });
      return silent.isClosed;
    });
    expect(alive.isClosed).toBe(false);
    expect(camera.server.counters.sessionsTimedOut).toBe(1);
    alive.close();
  });

  it("gives up a client that does not read instead of keeping everything for it", async () => {
    const listener = createServer();
    await new Promise<void>((resolve) => {
      listener.listen(0, here("127.83.1.6"), () => resolve());
    });
    const address = listener.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    const accepted = once(listener, "connection");
    const client = await RawClient.open(here("127.83.1.6"), address.port);
    client.pauseReading();
    const [socket] = (await accepted) as [Socket];
    let givenUp = 0;
    const sink = new InterleavedSink({ socket, channels: [0, 1], onSlow: () => (givenUp += 1) });
    let sent = 0;
    while (sink.rtp({ bytes: new Uint8Array(100_000), offsets: [0] })) sent += 100_000;
    expect(givenUp).toBe(1);
    expect(sent).toBeLessThan(mostUnreadBytes + 10_000_000);
    expect(socket.writableLength).toBeLessThanOrEqual(mostUnreadBytes + 100_000);
    socket.destroy();
    client.close();
    listener.close();
  });

  it.each([
    ["an unknown path", "DESCRIBE", "/nothing", {}, 404],
    ["an unknown track", "SETUP", "/sub/trackID=7", { Transport: "RTP/AVP/TCP;interleaved=0-1" }, 404],
    ["multicast", "SETUP", "/sub/trackID=0", { Transport: "RTP/AVP;multicast" }, 461],
    ["an unknown session", "PLAY", "/sub", { Session: "nope" }, 454],
    ["an unknown method", "RECORD", "/sub", {}, 501],
  ])("answers %s with its status", async (_, method, path, headers, status) => {
    await using camera = await cameraShowing("gate", { host: here("127.83.1.7") });
    const client = await RawClient.open(camera.host, camera.server.port);
    const reply = await client.request(method, `${camera.base}${path}`, headers);
    expect(reply.status).toBe(status);
    client.close();
  });

  it("answers what is no RTSP with 400 and closes", async () => {
    await using camera = await cameraShowing("gate", { host: here("127.83.1.8") });
    const client = await RawClient.open(camera.host, camera.server.port);
    client.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    await waitUntil("the end", () => client.isClosed);
    expect(camera.server.counters.badRequests).toBe(1);
  });
});
