import { createStore, type StoreApi } from "zustand/vanilla";
import type { AlarmId, DeviceId, WallId, ChannelId } from "../../shared/base/ids.ts";
import type { Notice } from "../../shared/contract/app.ts";
import type { Bookmark } from "../../shared/model/recording.ts";
import type { WindowState } from "../../shared/contract/live.ts";

export type PageId = WindowState["page"];

/** What a page is asked to show when it is gone to; the page takes it once. */
export type Target =
  | { readonly kind: "device"; readonly id: DeviceId }
  | { readonly kind: "camera"; readonly id: ChannelId }
  /** What these cameras recorded from `at` on, ms UTC, the first one selected. */
  | { readonly kind: "moment"; readonly channels: readonly ChannelId[]; readonly at: number }
  | { readonly kind: "bookmark"; readonly bookmark: Bookmark }
  | { readonly kind: "alarm"; readonly id: AlarmId }
  | { readonly kind: "wall"; readonly id: WallId }
  | { readonly kind: "discover" };

/** What is open over the page. */
export type FrameOverlay = "palette" | "keys" | "none";

export interface FrameState {
  readonly page: PageId;
  readonly wallId: WallId | null;
  readonly target: Target | null;
  readonly overlay: FrameOverlay;
  /** Newest first, at most 20; the frame shows the first. */
  readonly notices: readonly Notice[];
}

export interface FrameActions {
  /** Shows a page, and what of it. */
  goTo: (page: PageId, target?: Target) => void;
  takeTarget: () => void;
  showWall: (wallId: WallId | null) => void;
  setOverlay: (overlay: FrameOverlay) => void;
  addNotice: (notice: Notice) => void;
  dismissNotice: (id: string) => void;
}

export type FrameStore = StoreApi<FrameState & FrameActions>;

const keptNotices = 20;

/** A window's frame, opened where `start` says. */
export function createFrameStore(start: WindowState): FrameStore {
  return createStore<FrameState & FrameActions>((set) => ({
    page: start.page,
    wallId: start.wallId,
    target: null,
    overlay: "none",
    notices: [],
    goTo: (page, target) => set({ page, target: target ?? null, overlay: "none" }),
    takeTarget: () => set({ target: null }),
    showWall: (wallId) => set({ wallId }),
    setOverlay: (overlay) => set({ overlay }),
    addNotice: (notice) =>
      set((state) => ({
        notices: [notice, ...state.notices.filter(({ id }) => id !== notice.id)].slice(0, keptNotices),
      })),
    dismissNotice: (id) => set((state) => ({ notices: state.notices.filter((notice) => notice.id !== id) })),
  }));
}
