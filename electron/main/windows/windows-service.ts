import type { Clock } from "../../../shared/base/clock.ts";
import type { Topic } from "../../../shared/base/topic.ts";
import type { WindowState } from "../../../shared/contract/live.ts";
import type { Log } from "../../../shared/model/log.ts";
import type { Store } from "../../store/store.ts";
import type { WindowPlace } from "../../store/windows.ts";
import type { Placement } from "../platform/app-windows.ts";
import { correctedPlacement, freeMonitor, freshBounds, monitorOf, type Monitor } from "./placement.ts";

/** The part of the platform's windows that this service decides over. */
export interface Desk {
  readonly ids: readonly number[];
  readonly closed: Topic<{ readonly windowId: number; readonly byPerson: boolean }>;
  /** About to close; it still stands where it stood. */
  readonly closing: Topic<{ readonly windowId: number }>;
  readonly moved: Topic<{ readonly windowId: number }>;
  readonly crashed: Topic<{ readonly windowId: number; readonly reason: string }>;
  open(windowId: number, placement: Placement): void;
  close(windowId: number): void;
  reload(windowId: number): void;
  placement(windowId: number): Placement | undefined;
  setFullScreen(windowId: number, on: boolean): void;
}

export interface WindowsServiceDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly desk: Desk;
  readonly monitors: () => { readonly all: readonly Monitor[]; readonly primary: Monitor };
  readonly store: Pick<Store, "listWindowPlaces" | "saveWindowPlace" | "removeWindowPlace">;
  /** Says in every window that a page crashed and was loaded again. */
  readonly onCrash: (reason: string) => void;
}

const mostWindows = 8;
/** A page that crashes this often within a minute is not loaded again by itself. */
const mostReloads = 3;
const startState: WindowState = { page: "live", wallId: null };

/** Which windows there are, where they stand and what they show; kept over restarts. */
export class WindowsService {
  readonly #deps: WindowsServiceDeps;
  readonly #states = new Map<number, WindowState>();
  readonly #toSave = new Set<number>();
  readonly #crashes = new Map<number, number[]>();
  readonly #unsubscribes: (() => void)[] = [];
  #isWaiting = false;
  #ends = new AbortController();
  #saving: Promise<void> = Promise.resolve();

  constructor(deps: WindowsServiceDeps) {
    this.#deps = deps;
  }

  /** Opens the windows that were open, each where it stood; the first window always. */
  async start(): Promise<void> {
    const { desk, store } = this.#deps;
    this.#ends = new AbortController();
    this.#unsubscribes.push(
      desk.moved.subscribe(({ windowId }) => this.#saveSoon(windowId)),
      desk.closing.subscribe(({ windowId }) => this.#saveNow(windowId)),
      desk.closed.subscribe((fact) => this.#closed(fact)),
      desk.crashed.subscribe((fact) => this.#crashed(fact)),
    );
    const places = (await store.listWindowPlaces()).slice(0, mostWindows);
    const { all, primary } = this.#deps.monitors();
    for (const { slot, x, y, width, height, mode, displayId, state } of places) {
      this.#states.set(slot, state);
      desk.open(slot, correctedPlacement({ bounds: { x, y, width, height }, mode, displayId }, all, primary));
    }
    if (!places.some(({ slot }) => slot === 0)) {
      desk.open(0, { bounds: freshBounds(primary), mode: "normal" });
    }
  }

  /** Remembers every window as it is now. The windows themselves are closed by the platform after this. */
  async stop(): Promise<void> {
    for (const unsubscribe of this.#unsubscribes.splice(0)) unsubscribe();
    this.#ends.abort(new Error("stopping"));
    for (const windowId of this.#deps.desk.ids) this.#toSave.add(windowId);
    await this.#saving;
    await this.#save();
  }

  state(windowId: number): WindowState {
    return this.#states.get(windowId) ?? startState;
  }

  keepState(windowId: number, state: WindowState): void {
    this.#states.set(windowId, state);
    this.#saveSoon(windowId);
  }

  /** One more window, on a monitor that has none if there is one. False: there are enough. */
  open(state: WindowState): boolean {
    const { desk, monitors } = this.#deps;
    const taken = new Set(desk.ids);
    const slot = Array.from({ length: mostWindows }, (_, index) => index).find((index) => !taken.has(index));
    if (slot === undefined) return false;
    const { all, primary } = monitors();
    const bounds = desk.ids.flatMap((id) => desk.placement(id)?.bounds ?? []);
    this.#states.set(slot, state);
    desk.open(slot, { bounds: freshBounds(freeMonitor(bounds, all, primary)), mode: "normal" });
    this.#saveSoon(slot);
    return true;
  }

  close(windowId: number): void {
    this.#deps.desk.close(windowId);
  }

  setFullScreen(windowId: number, on: boolean): void {
    this.#deps.desk.setFullScreen(windowId, on);
  }

  isFullScreen(windowId: number): boolean {
    return this.#deps.desk.placement(windowId)?.mode === "full-screen";
  }

  /** A window that a person closed is forgotten, unless it was the last: then the console ends with it. */
  #closed({ windowId, byPerson }: { readonly windowId: number; readonly byPerson: boolean }): void {
    this.#toSave.delete(windowId);
    if (!byPerson || this.#deps.desk.ids.length === 0) return;
    this.#states.delete(windowId);
    this.#inOrder(() => this.#deps.store.removeWindowPlace(windowId));
  }

  #crashed({ windowId, reason }: { readonly windowId: number; readonly reason: string }): void {
    const now = this.#deps.clock.monotonicMs();
    const recent = (this.#crashes.get(windowId) ?? []).filter((at) => now - at < 60_000);
    this.#crashes.set(windowId, [...recent, now]);
    if (recent.length >= mostReloads) {
      this.#deps.log.error("a window crashes again and again, it is closed", { windowId });
      this.#deps.desk.close(windowId);
      return;
    }
    this.#deps.desk.reload(windowId);
    this.#deps.onCrash(reason);
  }

  /** A window that is dragged moves many times a second; it is written when it has rested. */
  #saveSoon(windowId: number): void {
    this.#toSave.add(windowId);
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#inOrder(async () => {
      await this.#deps.clock.sleep(500, this.#ends.signal).catch(() => undefined);
      this.#isWaiting = false;
      await this.#save();
    });
  }

  /** A window that closes is gone before it would have rested. */
  #saveNow(windowId: number): void {
    this.#toSave.delete(windowId);
    const place = this.#placeOf(windowId);
    if (place !== undefined) this.#inOrder(() => this.#deps.store.saveWindowPlace(place));
  }

  #inOrder(work: () => Promise<void>): void {
    this.#saving = this.#saving.then(work).catch((error: unknown) => {
      this.#deps.log.warn("a window's place was not kept", { why: String(error) });
    });
  }

  async #save(): Promise<void> {
    const slots = [...this.#toSave];
    this.#toSave.clear();
    for (const slot of slots) {
      const place = this.#placeOf(slot);
      if (place !== undefined) await this.#deps.store.saveWindowPlace(place);
    }
  }

  #placeOf(slot: number): WindowPlace | undefined {
    const placement = this.#deps.desk.placement(slot);
    if (placement === undefined) return undefined;
    const { all, primary } = this.#deps.monitors();
    const displayId = (monitorOf(placement.bounds, all) ?? primary).id;
    return { slot, ...placement.bounds, displayId, mode: placement.mode, state: this.state(slot) };
  }
}
