import { afterEach, beforeEach, expect, test } from "vitest";
import { BookmarkId, ChannelId, LockId } from "../../shared/base/ids.ts";
import { lockOf } from "./lock-of.ts";
import { openMemoryStore } from "./open-memory-store.ts";

let site: ReturnType<typeof openMemoryStore>;
beforeEach(() => {
  site = openMemoryStore();
});
afterEach(() => site.close());

const gate = ChannelId.parse("gate");
const yard = ChannelId.parse("yard");

test("bookmarks are found by channel, time and words, and keep who made them", async () => {
  const bookmark = {
    id: BookmarkId.parse("b1"),
    channels: [gate, yard],
    from: 10,
    to: 20,
    title: "Van 100%",
    note: "red",
    tags: ["van"],
    colour: "red" as const,
    madeAt: 5,
    madeBy: "a",
    changedAt: 5,
  };
  await site.store.saveBookmark(bookmark, "a");
  const ask = (text: string, from = 0, to = 100) =>
    site.store
      .searchBookmarks({ channels: [yard], from, to, text, limit: 10, after: null, tag: null, colour: null })
      .then(({ items }) => items);
  expect(await ask("")).toEqual([bookmark]);
  expect(await ask("100%")).toHaveLength(1);
  expect(await ask("1_0")).toHaveLength(0);
  expect(await ask("", 21)).toHaveLength(0);
  await site.store.saveBookmark(
    { ...bookmark, channels: [gate], title: "Lorry", madeBy: "b", changedAt: 9 },
    "b",
  );
  expect(await ask("")).toEqual([]);
  expect(await site.store.getBookmark(bookmark.id)).toMatchObject({
    title: "Lorry",
    madeBy: "a",
    changedAt: 9,
  });
  expect(await site.store.removeBookmark(bookmark.id, 11, "c")).toBe(true);
});

test("a lifted lock stays in the list of ended ones with who and when", async () => {
  await site.store.addLock(lockOf("l", { from: 10, to: 20 }));
  const query = { channels: [gate], from: 0, to: 100, limit: 10 };
  expect(await site.store.listLocks(query, 50)).toHaveLength(1);
  expect(
    await site.store.liftLock(LockId.parse("l"), { at: 60, by: "chief", reason: "case closed" }),
  ).toMatchObject({
    liftedAt: 60,
    liftedBy: "chief",
  });
  expect(await site.store.listLocks(query, 70)).toEqual([]);
  const search = { ...query, text: "closed", state: "ended" as const, after: null };
  expect((await site.store.searchLocks(search, 70)).items).toHaveLength(1);
  // A second person cannot lift it again in another name.
  expect(await site.store.liftLock(LockId.parse("l"), { at: 80, by: "other", reason: "" })).toMatchObject({
    liftedBy: "chief",
  });
});

const draft = {
  channels: [gate],
  note: "",
  tags: ["van"],
  colour: "blue" as const,
  madeAt: 5,
  madeBy: "a",
  changedAt: 5,
};
const numbered = (n: number, from = n) => ({
  ...draft,
  id: BookmarkId.parse(`b${String(n).padStart(5, "0")}`),
  from,
  to: from + 1,
  title: `Mark ${n}`,
});

test("a removed bookmark comes back as it was, and its history tells of all that was done to it", async () => {
  const bookmark = numbered(1);
  await site.store.saveBookmark(bookmark, "a");
  await site.store.saveBookmark({ ...bookmark, title: "Lorry", tags: [], changedAt: 6 }, "b");
  await site.store.removeBookmark(bookmark.id, 7, "c");
  expect(await site.store.restoreBookmark(bookmark.id, 8, "d")).toMatchObject({
    title: "Lorry",
    channels: [gate],
    madeAt: 5,
    madeBy: "a",
    changedAt: 8,
  });
  // It is there: nothing is to be brought back.
  expect(await site.store.restoreBookmark(bookmark.id, 9, "d")).toBeUndefined();
  const history = await site.store.listMarkDeeds({ kind: "bookmark", id: bookmark.id });
  expect(history.map(({ deed, by, at }) => [deed, by, at])).toEqual([
    ["restored", "d", 8],
    ["removed", "c", 7],
    ["changed", "b", 6],
    ["made", "a", 5],
  ]);
  expect(history[2]?.before).toEqual({ title: "Mark 1", tags: ["van"] });
});

test("ten thousand bookmarks are read page by page, none twice and none left out, whatever they share", async () => {
  const { db, store } = site;
  const count = 10_000;
  const insert = db.prepare(
    `insert into bookmark (id, from_at, to_at, title, note, tags, colour, made_at, made_by, changed_at)
     values (@id, @from, @to, @title, @note, @tags, @colour, @madeAt, @madeBy, @changedAt)`,
  );
  const place = db.prepare("insert into bookmark_channel (bookmark_id, channel_id) values (?, 'gate')");
  db.transaction(() => {
    for (let n = 0; n < count; n += 1) {
      // Three of them begin at the same time.
      const { channels: _, ...bookmark } = numbered(n, Math.floor(n / 3));
      insert.run({ ...bookmark, tags: JSON.stringify(n % 100 === 0 ? ["rare", "van"] : ["van"]) });
      place.run(bookmark.id);
    }
  })();
  const search = { channels: null, from: 0, to: 1e9, text: "", tag: null, colour: null, limit: 200 };
  const seen: string[] = [];
  let after: { from: number; id: string } | null = null;
  do {
    const page: Awaited<ReturnType<typeof store.searchBookmarks>> = await store.searchBookmarks({
      ...search,
      after,
    });
    seen.push(...page.items.map(({ id }) => id));
    after = page.next;
  } while (after !== null);
  expect(seen).toHaveLength(count);
  expect(new Set(seen).size).toBe(count);
  const rare = await store.searchBookmarks({ ...search, tag: "rare", after: null });
  expect(rare.items).toHaveLength(100);
  expect(await store.listBookmarkTags(10)).toEqual(["van", "rare"]);
  expect((await store.searchBookmarks({ ...search, text: "Mark 777", after: null })).items).toHaveLength(11);
});

test("a lock is given another end while it holds, and not after", async () => {
  const id = LockId.parse("l");
  await site.store.addLock(lockOf("l", { from: 10, to: 20, until: 100 }));
  expect(await site.store.listEndingLocks(50, 120, 10)).toMatchObject([{ id }]);
  expect(await site.store.prolongLock(id, { at: 60, by: "b", until: 500 })).toMatchObject({ until: 500 });
  expect(await site.store.listEndingLocks(70, 120, 10)).toEqual([]);
  expect(await site.store.prolongLock(id, { at: 501, by: "b", until: 900 })).toBeUndefined();
  const history = await site.store.listMarkDeeds({ kind: "lock", id });
  expect(history.map(({ deed, before }) => [deed, before])).toEqual([
    ["prolonged", { until: 100 }],
    ["made", {}],
  ]);
});

test("the nearest sign is found in both directions, over gaps that nobody wanted only", async () => {
  const stream = { channelId: gate, role: "main" } as const;
  const find = (kind: "gap" | "bookmark" | "lock" | "event", at: number, direction: 1 | -1) =>
    site.store.findNeighbour([stream], { kind, at, direction });
  for (const [from, cause] of [
    [10_000, "offline"],
    [20_000, "off"],
    [30_000, "stalled"],
    [40_000, "offline"],
  ] as const) {
    await site.store.beginRecordingGap({ ...stream, from, cause, detail: "" });
    await site.store.endRecordingGap(stream, from + (from === 30_000 ? 500 : 5_000));
  }
  expect(await find("gap", 10_000, 1)).toBe(40_000);
  expect(await find("gap", 40_000, -1)).toBe(10_000);
  expect(await find("gap", 40_000, 1)).toBeUndefined();
  await site.store.appendEvents([
    {
      occurredAt: 500,
      receivedAt: 510,
      offsetMs: null,
      deviceAt: null,
      deviceId: null,
      channelId: gate,
      place: "Gate",
      type: "motion",
      state: "begun",
      source: "device",
      topic: "",
      detail: "",
      items: [],
    },
  ]);
  expect(await find("event", 499, 1)).toBe(500);
  expect(await find("event", 500, 1)).toBeUndefined();
  expect(await find("event", 501, -1)).toBe(500);
  const [today] = await site.store.readCalendar([stream], [0, 86_400_000]);
  expect(today?.events).toBe(1);
  await site.store.saveBookmark(numbered(7), "a");
  await site.store.addLock(lockOf("l", { from: 10, to: 20 }));
  expect(await find("bookmark", 0, 1)).toBe(7);
  expect(await find("bookmark", 7, -1)).toBeUndefined();
  expect(await find("lock", 99, -1)).toBe(10);
});
