import type { Clock } from "../../shared/base/clock.ts";
import type { PathCounters, RtspCounters } from "./rtsp/rtsp-counters.ts";

/** A login that reached this camera, good or not; the password itself is never kept. */
export interface SeenCredential {
  readonly at: number;
  readonly source: string;
  readonly via: "username-token" | "http-digest" | "http-basic" | "rtsp";
  readonly username: string;
  readonly outcome:
    "accepted" | "wrong-password" | "unknown-user" | "skewed" | "replayed" | "locked" | "unasked";
}

/** What happened to a camera so far, as plain values: what tests assert on and the control protocol sends. */
export interface CameraCounts {
  /** TCP connections accepted by the SOAP server. */
  readonly connections: number;
  readonly openConnections: number;
  /** SOAP requests read, whatever became of them. */
  readonly requests: number;
  /** `device.GetSystemDateAndTime` and so on; unreadable ones as `unreadable`. */
  readonly operations: Readonly<Record<string, number>>;
  /** Requests by source address. */
  readonly sources: Readonly<Record<string, number>>;
  /** Requests by source address and operation: `127.0.0.1 media.GetProfiles`. */
  readonly sourceOperations: Readonly<Record<string, number>>;
  /** HTTP paths asked for, for hosts that must not be asked at all. */
  readonly paths: Readonly<Record<string, number>>;
  /** Most requests within any one second. */
  readonly peakRequestsPerSecond: number;
  readonly challenges: number;
  readonly wrongPasswords: number;
  readonly lockouts: number;
  readonly credentials: readonly SeenCredential[];
  /** Pull points that are alive now, and the most there ever were. */
  readonly liveSubscriptions: number;
  readonly peakSubscriptions: number;
  readonly subscriptionsCreated: number;
  readonly eventsRaised: number;
  readonly probesHeard: number;
  readonly probeAnswers: number;
  readonly hellos: number;
  readonly byes: number;
  readonly reboots: number;
  /** How often each kind of fault was carried out. */
  readonly faults: Readonly<Record<string, number>>;
  /** Counts of the RTSP server since it was last started; null without one. */
  readonly rtsp: RtspCounts | null;
}

/** The RTSP server's counts as plain values. */
export type RtspCounts = Readonly<Omit<RtspCounters, "requests" | "paths">> & {
  readonly requests: Readonly<Record<string, number>>;
  readonly paths: Readonly<Record<string, Readonly<PathCounters>>>;
};

const keptCredentials = 1_000;
const perSecondWindowMs = 1_000;

/** The oracle inside a camera: counts what it was asked, by whom and how. */
export class CameraCounters {
  readonly #clock: Clock;
  readonly #operations = new Map<string, number>();
  readonly #sources = new Map<string, number>();
  readonly #sourceOperations = new Map<string, number>();
  readonly #paths = new Map<string, number>();
  readonly #faults = new Map<string, number>();
  readonly #recent: number[] = [];
  #credentials: SeenCredential[] = [];
  #peak = 0;
  #liveSubscriptions: () => number = () => 0;
  #peakSubscriptions = 0;
  #rtsp: () => RtspCounters | undefined = () => undefined;

  connections = 0;
  openConnections = 0;
  requests = 0;
  challenges = 0;
  wrongPasswords = 0;
  lockouts = 0;
  subscriptionsCreated = 0;
  eventsRaised = 0;
  probesHeard = 0;
  probeAnswers = 0;
  hellos = 0;
  byes = 0;
  reboots = 0;

  constructor(deps: { readonly clock: Clock }) {
    this.#clock = deps.clock;
  }

  /** Where the number of living pull points is asked. */
  watchSubscriptions(count: () => number): void {
    this.#liveSubscriptions = count;
  }

  /** Where the RTSP server's counts are asked. */
  watchRtsp(counters: () => RtspCounters | undefined): void {
    this.#rtsp = counters;
  }

  countRequest(source: string, path: string, operation: string): void {
    this.requests += 1;
    add(this.#operations, operation);
    add(this.#sources, source);
    add(this.#sourceOperations, `${source} ${operation}`);
    add(this.#paths, path);
    const now = this.#clock.monotonicMs();
    this.#recent.push(now);
    while ((this.#recent[0] ?? now) <= now - perSecondWindowMs) this.#recent.shift();
    this.#peak = Math.max(this.#peak, this.#recent.length);
  }

  countFault(kind: string): void {
    add(this.#faults, kind);
  }

  countSubscription(): void {
    this.subscriptionsCreated += 1;
    this.#peakSubscriptions = Math.max(this.#peakSubscriptions, this.#liveSubscriptions());
  }

  /** Keeps who tried to log in, never with what. */
  seeCredential(seen: SeenCredential): void {
    this.#credentials.push(seen);
    if (this.#credentials.length > keptCredentials)
      this.#credentials = this.#credentials.slice(-keptCredentials);
    if (seen.outcome === "wrong-password" || seen.outcome === "unknown-user") this.wrongPasswords += 1;
  }

  /** How often an operation was asked, by its plain name (`GetProfiles`) or with its service. */
  operation(name: string, source?: string): number {
    let sum = 0;
    const table = source === undefined ? this.#operations : this.#sourceOperations;
    for (const [key, count] of table) {
      const operation =
        source === undefined ? key : key.startsWith(`${source} `) ? key.slice(source.length + 1) : "";
      if (operation === name || operation.endsWith(`.${name}`)) sum += count;
    }
    return sum;
  }

  /** Requests within the last second. */
  get requestsPerSecond(): number {
    const since = this.#clock.monotonicMs() - perSecondWindowMs;
    return this.#recent.filter((at) => at > since).length;
  }

  get liveSubscriptions(): number {
    return this.#liveSubscriptions();
  }

  get credentials(): readonly SeenCredential[] {
    return this.#credentials;
  }

  /** Everything as plain values. */
  snapshot(): CameraCounts {
    return {
      connections: this.connections,
      openConnections: this.openConnections,
      requests: this.requests,
      operations: Object.fromEntries(this.#operations),
      sources: Object.fromEntries(this.#sources),
      sourceOperations: Object.fromEntries(this.#sourceOperations),
      paths: Object.fromEntries(this.#paths),
      peakRequestsPerSecond: this.#peak,
      challenges: this.challenges,
      wrongPasswords: this.wrongPasswords,
      lockouts: this.lockouts,
      credentials: [...this.#credentials],
      liveSubscriptions: this.#liveSubscriptions(),
      peakSubscriptions: this.#peakSubscriptions,
      subscriptionsCreated: this.subscriptionsCreated,
      eventsRaised: this.eventsRaised,
      probesHeard: this.probesHeard,
      probeAnswers: this.probeAnswers,
      hellos: this.hellos,
      byes: this.byes,
      reboots: this.reboots,
      faults: Object.fromEntries(this.#faults),
      rtsp: plainRtsp(this.#rtsp()),
    };
  }

  /** Forgets all counts (not the living pull points): the start of a test's own measuring. */
  reset(): void {
    for (const table of [
      this.#operations,
      this.#sources,
      this.#sourceOperations,
      this.#paths,
      this.#faults,
    ]) {
      table.clear();
    }
    this.#recent.length = 0;
    this.#credentials = [];
    this.#peak = 0;
    this.#peakSubscriptions = this.#liveSubscriptions();
    this.connections = this.requests = this.challenges = this.wrongPasswords = this.lockouts = 0;
    this.subscriptionsCreated = this.eventsRaised = this.probesHeard = this.probeAnswers = 0;
    this.hellos = this.byes = this.reboots = 0;
  }
}

function plainRtsp(counters: RtspCounters | undefined): RtspCounts | null {
  if (counters === undefined) return null;
  const paths = [...counters.paths].map(([path, counts]) => [path, { ...counts }] as const);
  return { ...counters, requests: Object.fromEntries(counters.requests), paths: Object.fromEntries(paths) };
}

function add(table: Map<string, number>, key: string): void {
  table.set(key, (table.get(key) ?? 0) + 1);
}
