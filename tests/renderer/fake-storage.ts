import { GroupId, LocationId, ownLocation, type StorageView } from "../../shared/model/storage.ts";
import type { fakeCalls } from "./fake-calls.ts";
import { FakeFeed } from "./fake-feed.ts";

/** One disk of a terabyte, two fifths of it taken. */
export const sampleStorage = (): StorageView => ({
  locations: [
    {
      id: ownLocation,
      root: null,
      name: "",
      quotaBytes: 0,
      reserveBytes: 0,
      folder: "/var/lib/watchfloor",
      state: "used",
      detail: "",
      usedBytes: 4e11,
      files: 120_000,
      freeBytes: 6e11,
      limitBytes: 8e11,
      bytesPerDay: 4e10,
      daysHeld: 20,
      oldestAt: null,
      movesTo: null,
    },
  ],
  groups: [],
  groupStatus: [
    {
      id: null,
      keepDays: 30,
      usedBytes: 4e11,
      bytesPerDay: 4e10,
      daysHeld: 20,
      isLockedOut: false,
    },
  ],
});

/** Storage's side of the contract over a plain object. */
export function fakeStorageRouter(site: { storage: StorageView }, os: ReturnType<typeof fakeCalls>) {
  const changed = new FakeFeed<StorageView>();
  const put = (change: Partial<StorageView>): null => {
    site.storage = { ...site.storage, ...change };
    changed.push(site.storage);
    return null;
  };
  const locations = (): StorageView["locations"] => site.storage.locations;
  return {
    storage: {
      view: os.storage.view.handler(() => site.storage),
      changed: os.storage.changed.handler(({ signal }) => changed.open(signal)),
      addLocation: os.storage.addLocation.handler(({ input }) => {
        const [first] = sampleStorage().locations;
        if (first === undefined) return null;
        const id = LocationId.parse(locations().length + 1);
        const added = { ...first, id, root: input.root, folder: input.root, state: "ready" as const };
        return put({ locations: [...locations(), { ...added, usedBytes: 0, files: 0 }] });
      }),
      saveLocation: os.storage.saveLocation.handler(({ input }) =>
        put({ locations: locations().map((one) => (one.id === input.id ? { ...one, ...input } : one)) }),
      ),
      orderLocations: os.storage.orderLocations.handler(({ input }) =>
        put({
          locations: locations().toSorted((a, b) => input.ids.indexOf(a.id) - input.ids.indexOf(b.id)),
        }),
      ),
      removeLocation: os.storage.removeLocation.handler(({ input }) =>
        put({ locations: locations().filter(({ id }) => id !== input.id) }),
      ),
      move: os.storage.move.handler(({ input }) =>
        put({
          locations: locations().map((one) =>
            one.id === input.fromId ? { ...one, movesTo: input.toId } : one,
          ),
        }),
      ),
      saveGroup: os.storage.saveGroup.handler(({ input }) => {
        const id = input.id ?? GroupId.parse(`group-${site.storage.groups.length + 1}`);
        return put({ groups: [...site.storage.groups.filter((one) => one.id !== id), { ...input, id }] });
      }),
      removeGroup: os.storage.removeGroup.handler(({ input }) =>
        put({ groups: site.storage.groups.filter(({ id }) => id !== input.id) }),
      ),
    },
  };
}
