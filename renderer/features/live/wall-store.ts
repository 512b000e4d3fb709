import { createStore, type StoreApi } from "zustand/vanilla";
import { neighbourOf, type Direction } from "./tile-neighbour.ts";
import type { WallDraft } from "./wall-draft.ts";

export interface WallState {
  readonly draft: WallDraft;
  /** Drafts before each change, newest last. */
  readonly past: readonly WallDraft[];
  readonly selectedId: string;
  readonly maximisedId: string | null;
  /** The one tile that is heard. */
  readonly soundId: string | null;
  /** The one tile whose camera is moved by keys, wheel and pad; always the selected one. */
  readonly ptzId: string | null;
  readonly statsIds: ReadonlySet<string>;
  /** The one tile that shows its last half minute again. */
  readonly replayId: string | null;
  /** Digital zoom of the tiles that are zoomed, in whole steps of two. */
  readonly zooms: ReadonlyMap<string, number>;
  readonly cameras: "open" | "closed";
  /** `automatic`: nobody chose this wall; the first saved one takes its place. */
  readonly origin: "automatic" | "chosen";
}

export interface WallActions {
  /** Opens another wall: nothing of the one before can be undone. */
  open: (draft: WallDraft) => void;
  /** Rearranges; can be undone unless `undo` says otherwise. */
  change: (operate: (draft: WallDraft) => WallDraft, undo?: "kept" | "not-kept") => void;
  undo: () => void;
  select: (tileId: string) => void;
  move: (direction: Direction) => void;
  /** Shows one tile alone, or all again. */
  maximise: (tileId: string | null) => void;
  listenTo: (tileId: string | null) => void;
  /** Begins or ends to move the camera of a tile. */
  steer: (tileId: string | null) => void;
  toggleStats: (tileId: string) => void;
  /** Shows the last half minute of a tile again; null: back to live. */
  replay: (tileId: string | null) => void;
  setZoom: (tileId: string, scale: number) => void;
  showCameras: (cameras: WallState["cameras"]) => void;
}

export type WallStore = StoreApi<WallState & WallActions>;

const keptChanges = 50;

/** The view state of one wall in one window. */
export function createWallStore(draft: WallDraft, origin: WallState["origin"] = "chosen"): WallStore {
  return createStore<WallState & WallActions>((set) => ({
    ...opened(draft),
    cameras: "closed",
    origin,
    open: (next) => set({ ...opened(next), origin: "chosen" }),
    change: (operate, undo = "kept") =>
      set((state) => {
        const next = operate(state.draft);
        if (next === state.draft) return {};
        const past = undo === "kept" ? [...state.past, state.draft].slice(-keptChanges) : state.past;
        return { ...within(state, next), past };
      }),
    undo: () =>
      set((state) => {
        const last = state.past.at(-1);
        return last === undefined ? {} : { ...within(state, last), past: state.past.slice(0, -1) };
      }),
    select: (selectedId) => set((state) => ({ selectedId, ptzId: kept(state, selectedId) })),
    move: (direction) =>
      set((state) => {
        const next = neighbourOf(state.draft, state.selectedId, direction);
        if (next === undefined) return {};
        return { selectedId: next, ptzId: null, maximisedId: state.maximisedId === null ? null : next };
      }),
    maximise: (maximisedId) =>
      set((state) => {
        const selectedId = maximisedId ?? state.selectedId;
        return { maximisedId, selectedId, ptzId: kept(state, selectedId) };
      }),
    steer: (ptzId) => set((state) => ({ ptzId, selectedId: ptzId ?? state.selectedId })),
    listenTo: (soundId) => set({ soundId }),
    toggleStats: (tileId) =>
      set((state) => {
        const statsIds = new Set(state.statsIds);
        if (!statsIds.delete(tileId)) statsIds.add(tileId);
        return { statsIds };
      }),
    replay: (replayId) => set((state) => ({ replayId, selectedId: replayId ?? state.selectedId })),
    setZoom: (tileId, scale) =>
      set((state) => {
        const step = scale <= 1 ? 1 : 2 ** Math.max(1, Math.round(Math.log2(scale)));
        if ((state.zooms.get(tileId) ?? 1) === step) return {};
        const zooms = new Map(state.zooms);
        if (step === 1) zooms.delete(tileId);
        else zooms.set(tileId, step);
        return { zooms };
      }),
    showCameras: (cameras) => set({ cameras }),
  }));
}

type Opened = Omit<WallState, "cameras" | "origin">;

function opened(draft: WallDraft): Opened {
  return {
    draft,
    past: [],
    selectedId: draft.tiles[0]?.id ?? "",
    maximisedId: null,
    soundId: null,
    ptzId: null,
    statsIds: new Set(),
    replayId: null,
    zooms: new Map(),
  };
}

/** Whoever selects another tile no longer moves the camera of this one. */
function kept({ ptzId }: WallState, selectedId: string): string | null {
  return ptzId === selectedId ? ptzId : null;
}

/** The state with another draft; what pointed to tiles that are gone points to none. */
function within(state: WallState, draft: WallDraft): Partial<WallState> {
  const has = (id: string | null): boolean => draft.tiles.some((tile) => tile.id === id);
  return {
    draft,
    selectedId: has(state.selectedId) ? state.selectedId : (draft.tiles[0]?.id ?? ""),
    maximisedId: has(state.maximisedId) ? state.maximisedId : null,
    soundId: has(state.soundId) ? state.soundId : null,
    ptzId: has(state.ptzId) ? state.ptzId : null,
    replayId: has(state.replayId) ? state.replayId : null,
  };
}
