import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ChannelId, WallId } from "../../../shared/base/ids.ts";
import { LayoutName, Wall } from "../../../shared/model/layout.ts";
import { neighbourOf } from "../../../renderer/features/live/tile-neighbour.ts";
import {
  doOverlap,
  draftOfLayout,
  draftOfWall,
  isChanged,
  withChannel,
  withFurther,
  withLayout,
  withMode,
  withSpan,
  withSwap,
  type WallDraft,
} from "../../../renderer/features/live/wall-draft.ts";

const channels = (count: number): ChannelId[] =>
  Array.from({ length: count }, (_, index) => ChannelId.parse(`c${index + 1}`));
const shown = (draft: WallDraft): string[] => draft.tiles.flatMap((tile) => tile.channelId ?? []);
const savedFrom = (draft: WallDraft): Wall =>
  Wall.parse({
    id: WallId.parse("w1"),
    name: "Night",
    layout: draft.layout,
    columns: draft.columns,
    rows: draft.rows,
    tiles: draft.tiles.map(({ place, channelId, mode }) => ({ place, channelId, mode })),
    changedAt: 0,
  });
const cells = (draft: WallDraft): number =>
  draft.tiles.reduce((sum, { place }) => sum + place.columnSpan * place.rowSpan, 0);
const hasOverlap = (draft: WallDraft): boolean =>
  draft.tiles.some((a, index) => draft.tiles.slice(index + 1).some((b) => doOverlap(a.place, b.place)));

describe("arranging a wall", () => {
  it.each([
    ["1", 1],
    ["4", 4],
    ["9", 9],
    ["16", 16],
    ["25", 25],
    ["36", 36],
    ["64", 64],
    ["1+5", 6],
    ["1+7", 8],
    ["2+8", 10],
  ] as const)("layout %s has %i tiles", (layout, count) => {
    expect(draftOfLayout(layout, []).tiles).toHaveLength(count);
  });

  it("fills tiles in reading order and parks what finds no room", () => {
    const draft = draftOfLayout("4", channels(6));
    expect(shown(draft)).toEqual(["c1", "c2", "c3", "c4"]);
    expect(draft.parked).toEqual(["c5", "c6"]);
  });

  it("brings parked cameras back when the layout grows", () => {
    const draft = withLayout(withLayout(draftOfLayout("9", channels(9)), "4"), "9");
    expect(shown(draft)).toEqual(channels(9));
  });

  it("keeps a tile's identity when the layout changes, so that its picture goes on", () => {
    const before = draftOfLayout("9", channels(9));
    const after = withLayout(before, "1+5");
    const idOf = (draft: WallDraft): string | undefined =>
      draft.tiles.find((tile) => tile.channelId === "c3")?.id;
    expect(idOf(after)).toBe(idOf(before));
  });

  it("swaps two tiles of different sizes by exchanging their places", () => {
    const draft = draftOfLayout("1+5", channels(6));
    const swapped = withSwap(draft, "t1", "t6");
    expect(swapped.tiles.find((tile) => tile.id === "t6")?.place).toEqual(draft.tiles[0]?.place);
    expect(withSwap(swapped, "t1", "t6")).toEqual(draft);
  });

  it("gives covered cameras their places back when a span shrinks", () => {
    const draft = draftOfLayout("9", channels(9));
    const spanned = withSpan(draft, "t1", 2, 2);
    expect(spanned.parked).toEqual(["c2", "c4", "c5"]);
    const back = withSpan(spanned, "t1", 1, 1);
    expect(shown(back)).toEqual(channels(9));
    expect(back.parked).toEqual([]);
  });

  it("stops a span at the edge of the grid", () => {
    const spanned = withSpan(draftOfLayout("4", channels(4)), "t4", 5, 5);
    expect(spanned.tiles.find((tile) => tile.id === "t4")?.place).toMatchObject({
      columnSpan: 1,
      rowSpan: 1,
    });
  });

  it("knows whether it differs from what was saved", () => {
    const draft = draftOfLayout("4", channels(4));
    const wall = savedFrom(draft);
    const opened = draftOfWall(wall);
    expect(isChanged(opened, wall)).toBe(false);
    const changed = withChannel(opened, "t2", null);
    expect(isChanged(changed, wall)).toBe(true);
    expect(isChanged(withChannel(changed, "t2", ChannelId.parse("c2")), wall)).toBe(false);
    expect(isChanged(withMode(opened, "t1", "standard"), wall)).toBe(true);
  });

  it("takes newly adopted cameras in, enlarging the layout when it must", () => {
    const draft = withFurther(draftOfLayout("4", channels(3)), channels(4));
    expect([draft.layout, shown(draft)]).toEqual(["4", channels(4)]);
    const grown = withFurther(draft, channels(10));
    expect([grown.layout, shown(grown)]).toEqual(["16", channels(10)]);
  });

  it("moves by arrow keys, over large tiles and over row ends", () => {
    const draft = draftOfLayout("1+5", channels(6));
    expect(neighbourOf(draft, "t1", "right")).toBe("t2");
    expect(neighbourOf(draft, "t1", "down")).toBe("t4");
    expect(neighbourOf(draft, "t1", "left")).toBeUndefined();
    expect(neighbourOf(draft, "t2", "right")).toBe("t3");
    expect(neighbourOf(draft, "t4", "up")).toBe("t1");
    expect(neighbourOf(draftOfLayout("9", []), "t5", "down")).toBe("t8");
  });
});

const layoutName = fc.constantFrom(...LayoutName.options);
const tileId = fc.integer({ min: 1, max: 70 }).map((number) => `t${number}`);
const span = fc.integer({ min: -2, max: 9 });
const operation = fc.oneof(
  fc.tuple(layoutName).map(
    ([name]) =>
      (draft: WallDraft) =>
        withLayout(draft, name),
  ),
  fc.tuple(tileId, tileId).map(
    ([a, b]) =>
      (draft: WallDraft) =>
        withSwap(draft, a, b),
  ),
  fc.tuple(tileId, span, span).map(
    ([id, wide, high]) =>
      (draft: WallDraft) =>
        withSpan(draft, id, wide, high),
  ),
  fc.tuple(tileId).map(
    ([id]) =>
      (draft: WallDraft) =>
        withMode(draft, id, "standard"),
  ),
);

describe("for any rearrangement", () => {
  it("the tiles cover the grid exactly, ids stay unique and no camera is lost", () => {
    fc.assert(
      fc.property(layoutName, fc.array(operation, { maxLength: 12 }), (layout, operations) => {
        const all = channels(20);
        const draft = operations.reduce((so, operate) => operate(so), draftOfLayout(layout, all));
        expect(cells(draft)).toBe(draft.columns * draft.rows);
        expect(hasOverlap(draft)).toBe(false);
        expect(new Set(draft.tiles.map((tile) => tile.id)).size).toBe(draft.tiles.length);
        expect([...shown(draft), ...draft.parked].sort()).toEqual([...all].sort());
        expect(isChanged(draftOfWall(savedFrom(draft)), savedFrom(draft))).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
