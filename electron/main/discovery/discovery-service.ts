import type { Clock } from "../../../shared/base/clock.ts";
import type { DeviceId, SightingId } from "../../../shared/base/ids.ts";
import { Topic } from "../../../shared/base/topic.ts";
import type { DiscoveryView } from "../../../shared/contract/discovery.ts";
import type { Log } from "../../../shared/model/log.ts";
import type { Sighting } from "../../../shared/model/sighting.ts";
import type { NetworkCard } from "../../drivers/ws-discovery/network-cards.ts";
import { Prober, type Heard } from "../../drivers/ws-discovery/prober.ts";
import { isInSubnets, parseAddressRange } from "./address-range.ts";
import { Pace } from "./pace.ts";
import { RunReport } from "./run-report.ts";
import { SightingBook } from "./sighting-book.ts";
import { sweep } from "./sweep.ts";
import { askTyped, NoAnswerError } from "./ask-typed.ts";
import { readTypedAddress } from "./typed-address.ts";

export interface DiscoveryDeps {
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  /** The cards to probe from now; asked again while a run goes on, because cards come and go. */
  readonly listCards: () => readonly NetworkCard[];
  /** This computer's addresses with prefix, `10.0.0.5/24`. */
  readonly listSubnets: () => readonly string[];
  /** Whether to hear Hello and Bye. */
  readonly isListening: () => boolean;
  /** The stored device that a sighting is, by endpoint reference or MAC; null when none. */
  readonly deviceOf: (sighting: Sighting) => DeviceId | null;
}

const runMs = 3_000;
const seekEveryMs = 4_000;
const cardCheckMs = 250;
const listenCheckMs = 5_000;

/**
 * Finds devices and explains how: probes from every card, sweeps ranges, asks typed addresses.
 *
 * Nothing heard causes a connection: only `sweep` and `add`, which a person starts, talk to a device, and
 * none of them ever carries a login.
 */
export class DiscoveryService {
  /** After anything changed, at most ten times a second. */
  readonly changed = new Topic<DiscoveryView>();
  /** Each device heard or found, at once; `isAnswer`: it answered a question of ours, not just said Hello. */
  readonly sighted = new Topic<{ readonly sighting: Sighting; readonly isAnswer: boolean }>();
  readonly #deps: DiscoveryDeps;
  readonly #book = new SightingBook();
  readonly #report = new RunReport();
  readonly #prober: Prober;
  readonly #sweeps = new Set<AbortController>();
  #lifetime = new AbortController();
  #soughtMs = Number.NEGATIVE_INFINITY;
  #run: { readonly ends: AbortController; readonly done: Promise<void> } | undefined;
  readonly #pace: Pace;
  #listening: Promise<void> = Promise.resolve();

  constructor(deps: DiscoveryDeps) {
    this.#deps = deps;
    this.#pace = new Pace({ clock: deps.clock, everyMs: 100, run: () => this.changed.publish(this.view()) });
    this.#prober = new Prober({
      clock: deps.clock,
      random: deps.random,
      events: {
        heard: (heard) => this.#hear(heard),
        ignored: (reason, _sender, address) => {
          this.#report.ignored(reason, address);
          this.#change();
        },
        sent: (card) => {
          this.#report.sent(card);
          this.#change();
        },
        failed: (card, words) => {
          this.#report.failed(card, words);
          this.#change();
        },
      },
    });
  }

  /** Begins to hear Hello and Bye where the settings say so. */
  start(signal: AbortSignal): void {
    this.#lifetime = new AbortController();
    signal.addEventListener("abort", () => void this.stop(), { once: true });
    this.#listening = this.#keepListening(this.#lifetime.signal);
  }

  /** Ends runs, sweeps and listening, and closes every socket. */
  async stop(): Promise<void> {
    this.#lifetime.abort(new Error("discovery stopped"));
    this.cancel();
    await this.#run?.done;
    await this.#listening;
    await this.#prober.stop();
  }

  view(): DiscoveryView {
    return {
      report: this.#report.view(this.#deps.clock.monotonicMs()),
      sightings: this.#book.list(this.#deps.deviceOf),
    };
  }

  get(id: SightingId): Sighting | undefined {
    return this.#book.get(id);
  }

  forget(id: SightingId): void {
    if (this.#book.forget(id)) this.#change();
  }

  /** Says that the devices changed, so that sightings are marked anew. */
  refreshMarks(): void {
    this.#change();
  }

  /** One run over every card, about 3 s; joins the one that is going on. Resolves when it is over. */
  probe(): Promise<void> {
    if (this.#run !== undefined) return this.#run.done;
    const ends = new AbortController();
    const done = this.#probe(ends.signal).finally(() => {
      this.#run = undefined;
      this.#change();
    });
    this.#run = { ends, done };
    return done;
  }

  /** Ends the run and all sweeps; what was found stays. */
  cancel(): void {
    this.#run?.ends.abort(new Error("cancelled"));
    for (const ends of this.#sweeps) ends.abort(new Error("cancelled"));
  }

  /**
   * One quiet round over every card, for devices that are missing; at most one in 4 s. The report of the
   * last run stays as it is.
   */
  seek(): void {
    const { clock } = this.#deps;
    if (this.#run !== undefined || clock.monotonicMs() - this.#soughtMs < seekEveryMs) return;
    this.#soughtMs = clock.monotonicMs();
    this.#book.beginRun();
    for (const card of this.#deps.listCards()) void this.#prober.probeOnce(card);
    const { signal } = this.#lifetime;
    const settle = (): void => {
      if (this.#run === undefined && !signal.aborted) this.#book.endRun();
    };
    void clock.sleep(seekEveryMs - 500, signal).then(settle, onlyAbort(signal));
  }

  /** Sends one probe straight to an address; what answers is heard as usual. */
  async probeAddress(host: string): Promise<void> {
    const cards = this.#deps.listCards();
    const family = host.includes(":") ? "IPv6" : "IPv4";
    const [, zone] = host.split("%");
    const own = cards.filter((card) => card.family === family && (zone === undefined || card.zone === zone));
    const near = own.find((card) => isInSubnets(host, [`${card.address}/${card.prefixLength}`]));
    const card = near ?? own.find((each) => !each.isLoopback);
    if (card !== undefined) await this.#prober.probeAddress(host, card);
  }

  /** Asks every address of a range on the usual ports. Throws `AddressRangeError`; resolves when done. */
  async sweep(
    range: string,
    signal: AbortSignal,
    progress: (share: number) => void = () => {},
  ): Promise<void> {
    const hosts = parseAddressRange(range);
    const { clock } = this.#deps;
    const ends = new AbortController();
    const end = (): void => ends.abort(new Error("cancelled"));
    signal.addEventListener("abort", end, { once: true });
    if (signal.aborted) end();
    this.#sweeps.add(ends);
    const told = range.trim().slice(0, 64);
    try {
      const probes = this.#probeAll(hosts, ends.signal);
      await sweep(hosts, {
        clock,
        signal: ends.signal,
        found: (device) => this.#sight(this.#book.add({ ...device, via: "sweep", at: clock.now() })),
        progress: (tally) => {
          progress(tally.share);
          const { tries, devices, elapsedMs } = tally;
          this.#report.swept({ range: told, tries, devices, elapsedMs });
          this.#change();
        },
      });
      await probes;
    } finally {
      signal.removeEventListener("abort", end);
      this.#sweeps.delete(ends);
    }
  }

  /** Asks what a person typed. Throws `TypedAddressError` or `NoAnswerError`. */
  async add(typed: string, signal: AbortSignal): Promise<Sighting> {
    const { clock, deviceOf } = this.#deps;
    const found = await askTyped(readTypedAddress(typed), clock, signal);
    const sighting = this.#book.add({ ...found, via: "manual", at: clock.now() });
    if (sighting === undefined) throw new NoAnswerError("the list is full; forget some of it first");
    this.#sight(sighting);
    return { ...sighting, deviceId: deviceOf(sighting) };
  }

  async #probe(signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#deps;
    const startedMs = clock.monotonicMs();
    this.#book.beginRun();
    this.#report.begin(clock.now(), startedMs);
    const started = new Map<string, Promise<void>>();
    while (!signal.aborted && clock.monotonicMs() - startedMs < runMs) {
      for (const card of this.#deps.listCards()) {
        const key = `${card.name} ${card.address}`;
        if (started.has(key)) continue;
        this.#report.card(card);
        started.set(key, this.#prober.probeCard(card, signal).catch(onlyAbort(signal)));
      }
      this.#change();
      await clock.sleep(cardCheckMs, signal).catch(onlyAbort(signal));
    }
    await Promise.all(started.values());
    this.#book.endRun();
    this.#report.end(clock.monotonicMs());
    log.info("discovery run ended", { cards: started.size, sightings: this.#book.size });
  }

  async #probeAll(hosts: readonly string[], signal: AbortSignal): Promise<void> {
    for (const [index, host] of hosts.entries()) {
      if (signal.aborted) return;
      await this.probeAddress(host);
      if (index % 32 === 31) await this.#deps.clock.sleep(5, signal).catch(onlyAbort(signal));
    }
  }

  #hear({ message, sender, interfaceAddress, receivedMs, answerTo }: Heard): void {
    const at = this.#deps.clock.now();
    if (message.kind === "bye") {
      for (const match of message.matches)
        if (this.#book.bye(match, sender, at) !== undefined) this.#change();
      return;
    }
    const isForeign = !isInSubnets(sender, this.#deps.listSubnets());
    const via = message.kind === "hello" ? "hello" : answerTo === "address" ? "unicast" : "probe";
    const keys = message.matches.map((match) => match.endpointReference ?? sender);
    const isOfRun = this.#run !== undefined;
    if (isOfRun) this.#report.heard(interfaceAddress, sender, keys, isForeign && via === "probe", receivedMs);
    const card = interfaceAddress === "" ? null : interfaceAddress;
    for (const match of message.matches) {
      const heard = {
        match,
        sender,
        interfaceAddress: card,
        via,
        isForeign: isForeign && via !== "unicast",
        at,
      };
      const sighting = this.#book.hear({ ...heard, via });
      if (sighting === undefined)
        this.#report.ignored("more devices than one address, or the list, may hold", interfaceAddress);
      this.#sight(sighting, via !== "hello");
    }
  }

  #sight(sighting: Sighting | undefined, isAnswer = true): void {
    if (sighting !== undefined) this.sighted.publish({ sighting, isAnswer });
    this.#change();
  }

  async #keepListening(signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#deps;
    let said = "";
    while (!signal.aborted) {
      if (this.#deps.isListening()) {
        const refused = await this.#prober.listen(this.#deps.listCards());
        const words = refused.map(({ card, words: why }) => `${card.name}: ${why}`).join("; ");
        this.#report.listening(
          words === "" ? null : `cannot hear new cameras announce themselves (${words})`.slice(0, 300),
        );
        if (words !== said) log.warn("Hello and Bye are not heard everywhere", { why: words });
        said = words;
      } else await this.#prober.stopListening();
      await clock.sleep(listenCheckMs, signal).catch(onlyAbort(signal));
    }
  }

  #change(): void {
    this.#pace.ask(this.#lifetime.signal);
  }
}

/** Lets an abort end a wait; anything else is a fault and goes on. */
function onlyAbort(signal: AbortSignal): (error: unknown) => void {
  return (error) => {
    if (!signal.aborted) throw error;
  };
}
