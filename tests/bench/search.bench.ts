import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ChannelId, DeviceId } from "../../shared/base/ids.ts";
import { eventTypes, type EventQuery, type NewEvent } from "../../shared/model/event.ts";
import { openWriter } from "../../electron/store/db.ts";
import { migrate } from "../../electron/store/migrate.ts";
import { migrations } from "../../electron/store/migrations/index.ts";
import { readFunctions, writeFunctions } from "../../electron/store/store.ts";
import { readRuntime } from "../e2e/runtime.ts";

/** Pages, full text and histograms over ten million events in one file, each asked many times in turn. */
const limits = { newestMs: 5, filterP95Ms: 30, textP95Ms: 100, histogramMs: 20 };
const isQuick = process.argv.includes("--quick");
const rows = isQuick ? 150_000 : 10_000_000;
const devices = 64;
const spanMs = 30 * 86_400_000;
const endAt = Date.UTC(2026, 10, 22);
const batch = 5_000;

const words = [
  "gate",
  "yard",
  "lobby",
  "dock",
  "roof",
  "north",
  "south",
  "fence",
  "card",
  "rule",
  "line",
  "bay",
];

/** A device reports mostly motion; every type comes up, some of them rarely. */
function eventAt(n: number): NewEvent {
  const device = (n * 7_919) % devices;
  const draw = (n * 104_729) % 1_000;
  const type = draw < 800 ? "motion" : (eventTypes[draw % eventTypes.length] ?? "motion");
  const at = endAt - spanMs + Math.floor((n / rows) * spanMs);
  const plate = ((n * 15_485_863) % 100_000).toString();
  return {
    occurredAt: at - (n % 5),
    receivedAt: at,
    offsetMs: 0,
    deviceAt: at,
    deviceId: DeviceId.parse(`device-${device}`),
    channelId: ChannelId.parse(`channel-${device}`),
    place: `${words[device % words.length] ?? ""} ${device}`,
    type,
    state: n % 2 === 0 ? "begun" : "ended",
    source: "device",
    topic: "onvif:RuleEngine/CellMotionDetector/Motion",
    detail: `${words[n % words.length] ?? ""} ${words[(n * 31) % words.length] ?? ""}`,
    items: [
      { name: "Rule", value: "MyRule" },
      ...(draw > 950 ? [{ name: "Plate", value: `WF${plate}` }] : []),
    ],
  };
}

const quantile = (samples: readonly number[], share: number): number =>
  Number(
    (samples.toSorted((a, b) => a - b)[Math.floor((samples.length - 1) * share)] ?? Number.NaN).toFixed(2),
  );

function time(ask: () => unknown): number {
  const from = performance.now();
  ask();
  return performance.now() - from;
}

const folder = await mkdtemp(join(tmpdir(), "watchfloor-search-"));
try {
  const db = openWriter({ path: join(folder, "site.sqlite3"), nativeBinding: undefined });
  migrate(db, migrations, endAt);
  db.pragma("synchronous = off");
  const from = performance.now();
  for (let first = 0; first < rows; first += batch) {
    const events = Array.from({ length: Math.min(batch, rows - first) }, (_, index) =>
      eventAt(first + index),
    );
    db.transaction(() => writeFunctions.appendEvents(db, events))();
    if (first % 1_000_000 === 0) process.stderr.write(`${first} events\n`);
  }
  const insertedPerSecond = Math.round((rows / (performance.now() - from)) * 1_000);
  const all: EventQuery = { from: null, to: null, deviceIds: [], channelIds: [], types: [], text: "" };
  const { listEvents, eventHistogram } = readFunctions;
  const turns = isQuick ? 40 : 100;
  const newest = Array.from({ length: turns }, () => time(() => listEvents(db, all, 100)));
  const day = 86_400_000;
  const filtered = Array.from({ length: turns }, (_, n) => {
    const id = (k: number): DeviceId => DeviceId.parse(`device-${(n + k) % devices}`);
    const some: readonly Partial<EventQuery>[] = [
      { deviceIds: [id(0)] },
      { types: [eventTypes[n % eventTypes.length] ?? "motion"] },
      { deviceIds: [id(0), id(1), id(2)], types: ["tamper", "door-forced", "plate"] },
      { deviceIds: Array.from({ length: devices }, (_each, k) => id(k)) },
      { from: endAt - (n % 29) * day - day, to: endAt - (n % 29) * day, types: ["motion", "relay"] },
      { types: ["duress"], deviceIds: [DeviceId.parse("device-nobody")] },
    ];
    const query = { ...all, ...some[n % some.length] };
    return time(() => {
      const first = listEvents(db, query, 100);
      return first.next === undefined ? first : listEvents(db, query, 100, first.next);
    });
  });
  const texts = ["motion", "gate yard", "wf12", "wf10731", "lobby nor", "card fence rule", "nothing", "bay"];
  const text = Array.from({ length: turns }, (_, n) => {
    const some: readonly Partial<EventQuery>[] = [
      {},
      { types: ["tamper"] },
      { deviceIds: [DeviceId.parse(`device-${n % devices}`)] },
      { from: endAt - 12 * day, to: endAt - 11 * day },
    ];
    const query = { ...all, ...some[n % some.length], text: texts[n % texts.length] ?? "" };
    return time(() => listEvents(db, query, 100));
  });
  const histogram = Array.from({ length: turns }, (_, n) => {
    const fromAt = endAt - (n % 29) * day - day;
    return time(() => eventHistogram(db, all, { fromAt, toAt: fromAt + day, stepMs: 600_000 }));
  });
  const ours = {
    newestMs: quantile(newest, 0.5),
    filterP95Ms: quantile(filtered, 0.95),
    textP95Ms: quantile(text, 0.95),
    histogramMs: quantile(histogram, 0.5),
    events: rows,
    insertedPerSecond,
  };
  db.close();
  const pass =
    ours.newestMs <= limits.newestMs &&
    ours.filterP95Ms <= limits.filterP95Ms &&
    ours.textP95Ms <= limits.textP95Ms &&
    ours.histogramMs <= limits.histogramMs;
  const peer = { name: "none: a figure of its own" };
  const line = { bench: "search", ours, peer, ratio: {}, limits, pass, runtime: readRuntime().electron };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  process.exitCode = pass ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
