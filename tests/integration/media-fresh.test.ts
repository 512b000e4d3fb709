import { afterEach, expect, test } from "vitest";
import { here } from "../fixtures/address-block.ts";
import { camera, MediaBench } from "../fixtures/media-bench.ts";
import { waitUntil } from "../fixtures/wait-until.ts";

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (let end = endings.pop(); end !== undefined; end = endings.pop()) await end();
});

test("a feed that asks for a fresh start is given nothing of the group of pictures at hand", async () => {
  const { server, uri } = await camera(here("127.84.9.1"), "gate");
  endings.push(() => server.stop());
  const bench = new MediaBench();
  endings.push(() => bench.stop());
  bench.configure("c1", uri);
  const first = bench.open(1, "c1");
  await waitUntil("pictures beyond the first", () => first.fragments.length >= 3);
  const seen = first.fragments.length;
  const fresh = bench.open(2, "c1", { isFresh: true });
  expect(fresh.inits).toEqual([]);
  expect(fresh.fragments).toEqual([]);
  await waitUntil("the next keyframe", () => fresh.fragments.length >= 2);
  expect(fresh.inits).toHaveLength(1);
  expect(fresh.fragments[0]?.isKeyframe).toBe(true);
  const next = first.fragments.slice(seen).find(({ isKeyframe }) => isKeyframe);
  expect(fresh.fragments[0]?.frames).toEqual(next?.frames);
});
