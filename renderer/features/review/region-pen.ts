import { createStore, type StoreApi } from "zustand/vanilla";
import type { Sensitivity } from "../../pictures/motion/motion-model.ts";
import {
  mostCorners,
  mostRegions,
  rectangleBetween,
  type PicturePoint,
  type Region,
} from "../../pictures/motion/region.ts";

/** What a person has drawn on the picture, and is drawing. */
export interface PenState {
  readonly shape: "rectangle" | "outline";
  readonly sensitivity: Sensitivity;
  readonly regions: readonly Region[];
  /** Corners of the area that is being drawn; empty: none is. */
  readonly draft: readonly PicturePoint[];
  /** Where the cross is. */
  readonly cursor: PicturePoint;
}

export interface PenActions {
  readonly setShape: (shape: PenState["shape"]) => void;
  readonly setSensitivity: (sensitivity: Sensitivity) => void;
  /** The button goes down: begins a rectangle, sets a corner of an outline. */
  readonly press: (at: PicturePoint) => void;
  readonly moveTo: (at: PicturePoint) => void;
  /** The button is let go: ends a rectangle. */
  readonly release: (at: PicturePoint) => void;
  /** By keyboard: sets the next corner where the cross is. */
  readonly set: () => void;
  readonly nudge: (dx: number, dy: number) => void;
  /** Takes back the last corner, else the last area. */
  readonly undo: () => void;
  readonly clear: () => void;
  /** Gives up what is being drawn; false when nothing is. */
  readonly giveUp: () => boolean;
}

export type PenStore = StoreApi<PenState & PenActions>;

const nearShare = 0.03;
const isNear = (a: PicturePoint, b: PicturePoint): boolean =>
  Math.abs(a.x - b.x) < nearShare && Math.abs(a.y - b.y) < nearShare;
const within = (value: number): number => Math.min(1, Math.max(0, value));

/** The pen of one review page. */
export function createPenStore(): PenStore {
  return createStore<PenState & PenActions>((set, get) => {
    const finish = (region: Region | undefined): void =>
      set(({ regions }) => ({
        draft: [],
        regions: region === undefined ? regions : [...regions, region].slice(-mostRegions),
      }));
    const corner = (at: PicturePoint): void => {
      const { draft } = get();
      const [first] = draft;
      const closes = first !== undefined && draft.length >= 3 && isNear(first, at);
      if (closes || draft.length >= mostCorners) finish(draft);
      else set({ draft: [...draft, at], cursor: at });
    };
    const actions: PenActions = {
      setShape: (shape) => set({ shape, draft: [] }),
      setSensitivity: (sensitivity) => set({ sensitivity }),
      press: (at) => (get().shape === "outline" ? corner(at) : set({ draft: [at], cursor: at })),
      moveTo: (cursor) => set({ cursor }),
      release: (at) => {
        const { draft, shape } = get();
        const [first] = draft;
        if (shape === "rectangle" && first !== undefined) finish(rectangleBetween(first, at));
      },
      set: () => {
        const { cursor, draft, shape, press, release } = get();
        if (shape === "rectangle" && draft.length > 0) release(cursor);
        else press(cursor);
      },
      nudge: (dx, dy) =>
        set(({ cursor }) => ({ cursor: { x: within(cursor.x + dx), y: within(cursor.y + dy) } })),
      undo: () =>
        set(({ draft, regions }) =>
          draft.length > 0 ? { draft: draft.slice(0, -1) } : { regions: regions.slice(0, -1) },
        ),
      clear: () => set({ draft: [], regions: [] }),
      giveUp: () => {
        const isDrawing = get().draft.length > 0;
        if (isDrawing) set({ draft: [] });
        return isDrawing;
      },
    };
    return {
      shape: "rectangle",
      sensitivity: "normal",
      regions: [],
      draft: [],
      cursor: { x: 0.5, y: 0.5 },
      ...actions,
    };
  });
}
