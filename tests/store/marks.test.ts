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
  await site.store.saveBookmark(bookmark);
  const ask = (text: string, from = 0, to = 100) =>
    site.store.listBookmarks({ channels: [yard], from, to, limit: 10 }, text);
  expect(await ask("")).toEqual([bookmark]);
  expect(await ask("100%")).toHaveLength(1);
  expect(await ask("1_0")).toHaveLength(0);
  expect(await ask("", 21)).toHaveLength(0);
  await site.store.saveBookmark({ ...bookmark, channels: [gate], title: "Lorry", madeBy: "b", changedAt: 9 });
  expect(await ask("")).toEqual([]);
  expect(await site.store.getBookmark(bookmark.id)).toMatchObject({
    title: "Lorry",
    madeBy: "a",
    changedAt: 9,
  });
  expect(await site.store.removeBookmark(bookmark.id)).toBe(true);
});

test("a lifted lock stays in the list of ended ones with who and when", async () => {
  await site.store.addLock(lockOf("l", { from: 10, to: 20 }));
  const query = { channels: [gate], from: 0, to: 100, limit: 10 };
  expect(await site.store.listLocks(query, 50)).toHaveLength(1);
  expect(await site.store.liftLock(LockId.parse("l"), 60, "chief")).toMatchObject({
    liftedAt: 60,
    liftedBy: "chief",
  });
  expect(await site.store.listLocks(query, 70)).toEqual([]);
  expect(await site.store.listLocks(query, undefined)).toHaveLength(1);
  // A second person cannot lift it again in another name.
  expect(await site.store.liftLock(LockId.parse("l"), 80, "other")).toMatchObject({ liftedBy: "chief" });
});
