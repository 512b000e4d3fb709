import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { StreamsService } from "../../../electron/main/streams/streams-service.ts";
import { systemClock } from "../../../shared/base/clock.ts";
import { ChannelId, CredentialId, DeviceId } from "../../../shared/base/ids.ts";
import { fail, ok } from "../../../shared/base/result.ts";
import { Topic } from "../../../shared/base/topic.ts";
import { MediaCommand, type MediaReport } from "../../../shared/contract/media-port.ts";
import { Device, type FailureReason } from "../../../shared/model/device.ts";
import type { ConsoleFact } from "../../../shared/model/event.ts";
import { defaultSettings, type Settings } from "../../../shared/model/settings.ts";
import type { StreamStatus } from "../../../shared/model/stream-status.ts";
import { KeptLog } from "../../fixtures/silent-log.ts";

const password = "canary-password-4711";
const channelId = ChannelId.parse("channel-1");
const deviceId = DeviceId.parse("device-1");
const credentialId = CredentialId.parse("login-1");

function deviceWith(change: object = {}): Device {
  const stream = { profileToken: "p", profileName: "P", codec: "H264", width: 640, height: 360 };
  const rest = { fps: 10, bitrateKbps: 500, govLength: 20, audioCodec: null };
  return Device.parse({
    id: deviceId,
    name: "Gate",
    identity: {
      mac: null,
      serial: "1",
      maker: "M",
      model: "X",
      hardwareId: "",
      firmware: "1.0",
      endpointReference: null,
    },
    address: { host: "10.0.0.7", port: 80, tls: false, path: "/onvif/device_service" },
    login: "digest",
    credentialId,
    state: { kind: "adopted", since: 1 },
    services: [],
    hasEvents: false,
    clockOffsetMs: 250,
    adoptedAt: 1,
    lastSeenAt: 1,
    channels: [
      {
        id: channelId,
        deviceId,
        number: 12,
        name: "Gate",
        sourceToken: "s",
        ptz: false,
        streams: [
          { ...stream, ...rest, role: "main", uri: "rtsp://10.0.0.5:554/main" },
          { ...stream, ...rest, role: "sub", uri: "rtsp://10.0.0.5:554/sub" },
        ],
      },
    ],
    ...change,
  });
}

interface Site {
  devices: Device[];
  vault: "open" | "locked";
  readonly sent: MediaCommand[];
  readonly events: ConsoleFact[];
  readonly reports: Topic<MediaReport>;
  readonly settings: { current: Settings; readonly changed: Topic<Settings> };
  readonly log: KeptLog;
  readonly service: StreamsService;
}

function makeSite(snapshotFolder: string): Site {
  const reports = new Topic<MediaReport>();
  const settings = { current: defaultSettings, changed: new Topic<Settings>() };
  const log = new KeptLog();
  const sent: MediaCommand[] = [];
  const events: Site["events"] = [];
  const state: { devices: Device[]; vault: "open" | "locked" } = { devices: [deviceWith()], vault: "open" };
  const service = new StreamsService({
    clock: systemClock,
    log,
    media: { reports, send: (command) => void sent.push(MediaCommand.parse(command)) },
    settings,
    note: (facts) => void events.push(...facts),
    snapshotFolder,
    reveal: (id) =>
      Promise.resolve(
        state.vault === "locked"
          ? fail("locked")
          : id === credentialId
            ? ok({ username: "admin", password })
            : fail("not-found"),
      ),
    store: {
      getDevice: (id) => Promise.resolve(state.devices.find((device) => device.id === id)),
      getPicture: () => Promise.resolve(undefined),
      keepPicture: () => Promise.resolve(true),
      listDevices: () => Promise.resolve(state.devices),
    },
  });
  return Object.assign(state, { sent, events, reports, settings, log, service });
}

/** Everything that was asked for so far is done: the service works on one thing after the other. */
const settled = (site: Site): Promise<void> => site.service.stop();

describe("streams", () => {
  let folder = "";
  let site: Site;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "watchfloor-streams-"));
    site = makeSite(folder);
    await site.service.start();
  });
  afterEach(async () => {
    await site.service.stop();
    await rm(folder, { recursive: true });
  });

  test("of an adopted camera are configured at its present address with its login", () => {
    expect(site.sent).toMatchObject([
      {
        type: "configure",
        source: {
          role: "main",
          uri: "rtsp://10.0.0.7:554/main",
          username: "admin",
          password,
          clockOffsetMs: 250,
        },
      },
      { type: "configure", source: { role: "sub", uri: "rtsp://10.0.0.7:554/sub", transport: "tcp" } },
    ]);
    expect(JSON.stringify(site.log.lines)).not.toContain(password);
  });

  test("are refused while the vault is locked, and configured when it opens", async () => {
    site.vault = "locked";
    site.service.loginsChanged();
    await settled(site);
    expect(site.sent.at(-1)).toMatchObject({ type: "refuse", channelId, reason: "vault-locked" });
    site.vault = "open";
    site.service.loginsChanged();
    await settled(site);
    expect(site.sent.at(-1)).toMatchObject({ type: "configure" });
  });

  test("of a device without a stored login are refused, unless it asks for none", async () => {
    site.devices = [deviceWith({ credentialId: null })];
    site.service.deviceChanged(deviceId);
    await settled(site);
    expect(site.sent.at(-1)).toMatchObject({ type: "refuse", reason: "no-credential" });
    site.devices = [deviceWith({ credentialId: null, login: "none" })];
    site.service.deviceChanged(deviceId);
    await settled(site);
    expect(site.sent.at(-1)).toMatchObject({ type: "configure", source: { username: null, password: null } });
  });

  test("are removed with their device", async () => {
    site.devices = [];
    site.service.deviceChanged(deviceId);
    await settled(site);
    expect(site.sent.at(-1)).toEqual({ type: "remove", channelId });
    expect(site.service.retry(channelId)).toBe(false);
  });

  test("are configured anew when the media process comes back, and when the transport is changed", async () => {
    const before = site.sent.length;
    site.reports.publish({ type: "ready" });
    site.settings.current = { ...defaultSettings, rtspTransport: "udp" };
    site.settings.changed.publish(site.settings.current);
    await settled(site);
    const again = site.sent.slice(before);
    expect(again).toHaveLength(4);
    expect(again.at(-1)).toMatchObject({ type: "configure", source: { transport: "udp" } });
  });

  test("have a status that is kept and told; of channels nobody knows it is not", () => {
    const heard: StreamStatus[] = [];
    site.service.changed.subscribe((status) => heard.push(status));
    const status = { kind: "connecting", attempt: 1, since: 5 } as const;
    site.reports.publish({ type: "source", channelId, role: "main", status });
    site.reports.publish({ type: "source", channelId: ChannelId.parse("ghost"), role: "main", status });
    expect(heard).toEqual([{ channelId, role: "main", status }]);
    expect(site.service.statuses).toEqual(heard);
  });

  test("that break off say so of their device, in the first tries and only where the device may be away", () => {
    const broke: string[] = [];
    site.service.broke.subscribe((told) => broke.push(told.deviceId));
    const wait = (reason: FailureReason, attempt: number): void => {
      const rest = { detail: "", since: 5, retryAt: 6, lastFrameAt: 4 };
      const status = { kind: "waiting", reason, attempt, ...rest } as const;
      site.reports.publish({ type: "source", channelId, role: "sub", status });
    };
    wait("closed", 1);
    wait("refused", 5);
    expect(broke).toEqual([deviceId, deviceId]);
    wait("refused", 6);
    wait("unauthorised", 1);
    wait("unsupported-codec", 1);
    expect(broke).toHaveLength(2);
  });

  test("that turn stale or lost on the wall are written down, and counted for the status bar", async () => {
    const stale = { kind: "stale", lastFrameAt: 1, forMs: 4_000, isUrgent: false } as const;
    site.service.reportTiles(1, [{ channelId, state: stale, latencyMs: null, dropped: 0 }]);
    expect(site.events).toMatchObject([{ type: "picture-stale", channelId, deviceId }]);
    expect(site.service.siteStatus).toEqual({ channels: 1, live: 0, stale: 1, lost: 0, unwatched: 0 });
  });

  test("are saved as snapshots under the channel's number and name", async () => {
    const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]);
    const saved = await site.service.saveSnapshot(channelId, Date.UTC(2026, 0, 2), png);
    expect(saved.ok && path.basename(saved.value)).toMatch(/^12 Gate 2026-01-0\d .*\.png$/);
    expect(await site.service.saveSnapshot(ChannelId.parse("ghost"), 0, png)).toEqual(
      fail({ kind: "not-found" }),
    );
  });
});
