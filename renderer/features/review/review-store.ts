import { createStore, type StoreApi } from "zustand/vanilla";
import type { ChannelId } from "../../../shared/base/ids.ts";
import type { Bookmark, EvidenceLock } from "../../../shared/model/recording.ts";
import { following, panned, viewAround, zoomed, type TimeView } from "./time-view.ts";

/** Most channels that play in step. */
export const mostChannels = 16;

/** The stretch a person has marked with `[` and `]`; one end may be missing. */
export interface Marks {
  readonly inAt: number | null;
  readonly outAt: number | null;
}

/** What is open beside the pictures. */
export type ReviewDrawer =
  | { readonly kind: "none" }
  | { readonly kind: "cameras" }
  | { readonly kind: "bookmarks" }
  | { readonly kind: "bookmark"; readonly bookmark: Bookmark }
  | { readonly kind: "locks" }
  | { readonly kind: "lock"; readonly lock: EvidenceLock }
  | { readonly kind: "new-lock" }
  | { readonly kind: "motion" };

export interface ReviewState {
  /** In the order of the tiles; at most sixteen. */
  readonly channels: readonly ChannelId[];
  readonly selectedId: ChannelId | null;
  readonly maximisedId: ChannelId | null;
  readonly view: TimeView;
  readonly marks: Marks;
  readonly drawer: ReviewDrawer;
  readonly heardId: ChannelId | null;
  /** Whether the field for jumping to a time is open. */
  readonly jump: "open" | "closed";
  /** Which cameras have a lane on the ruler: those that play, or as many of the site as one screen may have. */
  readonly lanes: "shown" | "site";
}

export interface ReviewActions {
  /** Adds a camera, or takes it away when it is there; says `full` when sixteen are shown already. */
  toggleChannel: (channelId: ChannelId) => "added" | "removed" | "full";
  /** Shows a camera, in place of the selected one when sixteen are shown already. */
  showChannel: (channelId: ChannelId) => void;
  /** Plays these and no others, the first one selected. None: changes nothing. */
  showChannels: (channelIds: readonly ChannelId[]) => void;
  /** Forgets cameras that are no longer part of the site. */
  keepOnly: (known: ReadonlySet<ChannelId>) => void;
  select: (channelId: ChannelId) => void;
  selectNext: (by: number) => void;
  maximise: (channelId: ChannelId | null) => void;
  setView: (view: TimeView) => void;
  zoom: (factor: number, at: number) => void;
  pan: (byMs: number) => void;
  /** Brings an instant into the ruler. */
  follow: (at: number) => void;
  markIn: (at: number | null) => void;
  markOut: (at: number | null) => void;
  setMarks: (from: number, to: number) => void;
  open: (drawer: ReviewDrawer) => void;
  listenTo: (channelId: ChannelId | null) => void;
  setJump: (jump: ReviewState["jump"]) => void;
  toggleLanes: () => void;
}

export type ReviewStore = StoreApi<ReviewState & ReviewActions>;

const hourMs = 3_600_000;
const noMarks: Marks = { inAt: null, outAt: null };

/** The view state of one window's review, opened on these cameras at this time. */
export function createReviewStore(channels: readonly ChannelId[], at: number): ReviewStore {
  const shown = channels.slice(0, mostChannels);
  return createStore<ReviewState & ReviewActions>((set, get) => ({
    channels: shown,
    selectedId: shown[0] ?? null,
    maximisedId: null,
    view: viewAround(at, hourMs / 2, 0.8),
    marks: noMarks,
    drawer: { kind: "none" },
    heardId: null,
    jump: "closed",
    lanes: "shown",
    toggleChannel: (channelId) => {
      const { channels: now } = get();
      if (now.includes(channelId)) {
        set((state) => without(state, (id) => id !== channelId));
        return "removed";
      }
      if (now.length >= mostChannels) return "full";
      set({ channels: [...now, channelId], selectedId: channelId });
      return "added";
    },
    showChannel: (channelId) =>
      set(({ channels: now, selectedId }) => {
        if (now.includes(channelId)) return { selectedId: channelId };
        const isFull = now.length >= mostChannels;
        const next = isFull ? now.map((id) => (id === selectedId ? channelId : id)) : [...now, channelId];
        return { channels: next, selectedId: channelId };
      }),
    showChannels: (asked) => {
      const [first] = asked;
      if (first === undefined) return;
      set({ channels: [...new Set(asked)].slice(0, mostChannels), selectedId: first, maximisedId: null });
    },
    keepOnly: (known) =>
      set((state) =>
        state.channels.every((id) => known.has(id)) ? {} : without(state, (id) => known.has(id)),
      ),
    select: (selectedId) => set({ selectedId }),
    selectNext: (by) =>
      set(({ channels: now, selectedId, maximisedId }) => {
        const index = now.findIndex((id) => id === selectedId);
        const next = now[(index + by + now.length) % Math.max(1, now.length)];
        if (next === undefined) return {};
        return { selectedId: next, maximisedId: maximisedId === null ? null : next };
      }),
    maximise: (maximisedId) => set((state) => ({ maximisedId, selectedId: maximisedId ?? state.selectedId })),
    setView: (view) => set({ view }),
    zoom: (factor, atInstant) => set(({ view }) => ({ view: zoomed(view, factor, atInstant) })),
    pan: (byMs) => set(({ view }) => ({ view: panned(view, byMs) })),
    follow: (atInstant) =>
      set(({ view }) => {
        const next = following(view, atInstant);
        return next === view ? {} : { view: next };
      }),
    markIn: (inAt) => set(({ marks }) => ({ marks: inOrder({ ...marks, inAt }, "in") })),
    markOut: (outAt) => set(({ marks }) => ({ marks: inOrder({ ...marks, outAt }, "out") })),
    setMarks: (from, to) => set({ marks: { inAt: Math.min(from, to), outAt: Math.max(from, to) } }),
    open: (drawer) => set({ drawer }),
    listenTo: (heardId) => set({ heardId }),
    setJump: (jump) => set({ jump }),
    toggleLanes: () => set(({ lanes }) => ({ lanes: lanes === "shown" ? "site" : "shown" })),
  }));
}

/** A mark set beyond the other one removes that: what was meant is a new stretch. */
function inOrder(marks: Marks, set: "in" | "out"): Marks {
  const { inAt, outAt } = marks;
  if (inAt === null || outAt === null || inAt < outAt) return marks;
  return set === "in" ? { inAt, outAt: null } : { inAt: null, outAt };
}

/** The marked stretch, once both ends are set. */
export function markedSpan(marks: Marks): { readonly from: number; readonly to: number } | null {
  if (marks.inAt === null || marks.outAt === null) return null;
  return { from: Math.round(marks.inAt), to: Math.round(marks.outAt) };
}

function without(state: ReviewState, keeps: (id: ChannelId) => boolean): Partial<ReviewState> {
  const channels = state.channels.filter(keeps);
  const has = (id: ChannelId | null): boolean => id !== null && channels.includes(id);
  return {
    channels,
    selectedId: has(state.selectedId) ? state.selectedId : (channels[0] ?? null),
    maximisedId: has(state.maximisedId) ? state.maximisedId : null,
    heardId: has(state.heardId) ? state.heardId : null,
  };
}
