import { describe, expect, it } from "vitest";
import { ChannelId } from "../../../shared/base/ids.ts";
import {
  draftOfLayout,
  withChannel,
  withLayout,
  withSwap,
} from "../../../renderer/features/live/wall-draft.ts";
import { createWallStore } from "../../../renderer/features/live/wall-store.ts";

const channels = Array.from({ length: 9 }, (_, index) => ChannelId.parse(`c${index + 1}`));
const nineTiles = () => createWallStore(draftOfLayout("9", channels));

describe("a wall in a window", () => {
  it("undoes changes one by one, back to how it was opened and no further", () => {
    const store = nineTiles();
    const opened = store.getState().draft;
    store.getState().change((draft) => withSwap(draft, "t1", "t2"));
    store.getState().change((draft) => withChannel(draft, "t3", null));
    store.getState().undo();
    expect(store.getState().draft).toEqual(withSwap(opened, "t1", "t2"));
    for (let time = 0; time < 3; time++) store.getState().undo();
    expect(store.getState().draft).toBe(opened);
  });

  it("does not offer to undo what changed nothing, nor what happened by itself", () => {
    const store = nineTiles();
    store.getState().change((draft) => draft);
    store.getState().change((draft) => withLayout(draft, "16"), "not-kept");
    expect(store.getState().past).toEqual([]);
  });

  it("lets go of tiles that are gone", () => {
    const store = nineTiles();
    store.getState().maximise("t9");
    store.getState().listenTo("t9");
    store.getState().change((draft) => withLayout(draft, "4"));
    expect(store.getState()).toMatchObject({ maximisedId: null, soundId: null, selectedId: "t1" });
  });

  it("goes on to the neighbour while one tile is maximised", () => {
    const store = nineTiles();
    store.getState().maximise("t1");
    store.getState().move("right");
    expect(store.getState()).toMatchObject({ maximisedId: "t2", selectedId: "t2" });
    store.getState().maximise(null);
    store.getState().move("up");
    expect(store.getState().selectedId).toBe("t2");
  });

  it("tells of a zoom in whole steps only, so that the wheel does not render the page", () => {
    const store = nineTiles();
    let changes = 0;
    store.subscribe(() => (changes += 1));
    for (const scale of [1.2, 1.44, 1.7, 2.1, 2.5]) store.getState().setZoom("t1", scale);
    expect(store.getState().zooms.get("t1")).toBe(2);
    store.getState().setZoom("t1", 1);
    expect(store.getState().zooms.has("t1")).toBe(false);
    expect(changes).toBeLessThanOrEqual(7);
    expect(createWallStore(draftOfLayout("1", []), "automatic").getState().origin).toBe("automatic");
  });

  it("forgets the undo of one wall when another is opened", () => {
    const store = nineTiles();
    store.getState().change((draft) => withSwap(draft, "t1", "t2"));
    store.getState().open(draftOfLayout("4", channels));
    store.getState().undo();
    expect(store.getState().draft.layout).toBe("4");
  });

  it("shows the past of one tile at a time, and of none when that tile is gone", () => {
    const store = nineTiles();
    store.getState().replay("t1");
    store.getState().replay("t2");
    expect(store.getState()).toMatchObject({ replayId: "t2", selectedId: "t2" });
    store.getState().open(draftOfLayout("1", []));
    expect(store.getState().replayId).toBe(null);
  });
});
