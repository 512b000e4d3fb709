import { JobId } from "../../../shared/base/ids.ts";
import { WindowState } from "../../../shared/contract/live.ts";
import type { DiscoveryView } from "../../../shared/contract/discovery.ts";
import type { ClockReading, ConnectionEntry } from "../../../shared/model/device.ts";
import { RecordingMode } from "../../../shared/model/recording-rule.ts";
import { defaultSettings } from "../../../shared/model/settings.ts";
import { sampleDesk } from "../sample-alarms.ts";
import type { FakeSite } from "../fake-site.ts";
import { sampleEvents } from "./sample-events.ts";
import { sampleArchive } from "./sample-archive.ts";
import { sampleSighting, sampleSite } from "../sample-devices.ts";

/** The site a page is to be drawn with, from the address: `page`, `rows`, `alarms`, `events`, `fail`, `vault`, `record`. */
export function siteFromQuery(query: URLSearchParams): Partial<FakeSite> {
  const page = WindowState.shape.page.catch("devices").parse(query.get("page"));
  const fail = query.get("fail");
  const needsPassphrase = query.get("vault") === "new" || query.get("vault") === "locked";
  const record = RecordingMode.catch("continuous").parse(query.get("record"));
  const devices = sampleSite(Number(query.get("rows") ?? "8"));
  return {
    devices,
    happened: sampleEvents(devices, Number(query.get("events") ?? "0")),
    window: { page, wallId: null },
    settings: { ...defaultSettings, recordingMode: record },
    ...(page === "review"
      ? { archive: sampleArchive(Date.now(), Number(query.get("bookmarks") ?? "6")) }
      : {}),
    failing: new Set(fail === null ? [] : fail.split(",")),
    desk: sampleDesk(Number(query.get("alarms") ?? "0"), Date.now()),
    discovery: query.get("found") === null ? unasked : found,
    history: { connections, clock },
    jobs: [
      {
        id: JobId.parse("job-1"),
        title: "job.adopt",
        step: "3 of 12",
        progress: 0.25,
        startedAt: Date.now() - 9_000,
        endedAt: null,
        state: "running",
        failure: null,
        cancellable: true,
      },
    ],
    ...(needsPassphrase
      ? { vault: { kind: "passphrase-needed", isNew: query.get("vault") === "new", backend: "basic_text" } }
      : {}),
  };
}

const unasked: DiscoveryView = {
  report: { running: false, startedAt: null, elapsedMs: 0, interfaces: [], sweeps: [], ignored: [] },
  sightings: [],
};

const found: DiscoveryView = {
  report: {
    running: true,
    startedAt: Date.now() - 3_100,
    elapsedMs: 3_100,
    interfaces: [
      {
        name: "eth0",
        address: "10.20.4.2",
        prefixLength: 24,
        family: "IPv4",
        probesSent: 4,
        answers: 33,
        devices: 31,
        ignored: 0,
        firstAnswerMs: 12,
        lastAnswerMs: 540,
        failure: null,
        remarks: [],
      },
      {
        name: "eth1",
        address: "192.168.1.20",
        prefixLength: 24,
        family: "IPv4",
        probesSent: 4,
        answers: 8,
        devices: 8,
        ignored: 2,
        firstAnswerMs: 20,
        lastAnswerMs: 1_200,
        failure: null,
        remarks: ["2 answered from 192.168.56.147, but you have no address there"],
      },
      {
        name: "tun0",
        address: "10.8.0.6",
        prefixLength: 32,
        family: "IPv4",
        probesSent: 0,
        answers: 0,
        devices: 0,
        ignored: 0,
        firstAnswerMs: null,
        lastAnswerMs: null,
        failure: "no route for multicast",
        remarks: [],
      },
    ],
    sweeps: [{ range: "10.20.6.0/24", tries: 1_016, devices: 12, elapsedMs: 1_900 }],
    ignored: [{ reason: "it pointed at another host (10.20.4.99 → 203.0.113.7)", count: 1 }],
  },
  sightings: [
    sampleSighting(0),
    sampleSighting(1, { via: "hello" }),
    sampleSighting(2, { name: "", hardware: "", via: "sweep", port: 8080 }),
    sampleSighting(3, { name: "Contoso Door 2", hardware: "", flags: ["not-a-camera"] }),
    sampleSighting(4, { flags: ["other-host", "foreign-subnet"] }),
    sampleSighting(5, { gone: true }),
  ],
};

const connections: ConnectionEntry[] = [
  { at: Date.now() - 40_000, kind: "lost", detail: "no packet for 12 s" },
  { at: Date.now() - 3_000_000, kind: "connected", detail: "10.20.4.11" },
  { at: Date.now() - 90_000_000, kind: "address-changed", detail: "10.20.4.9 → 10.20.4.11" },
  { at: Date.now() - 900_000_000, kind: "adopted", detail: "login Site cameras" },
];
const clock: ClockReading[] = Array.from({ length: 48 }, (_, index) => ({
  at: Date.now() - index * 3_600_000,
  offsetMs: Math.round(700 * Math.sin(index / 6)),
  roundTripMs: 3 + (index % 5),
}));
