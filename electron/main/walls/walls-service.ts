import { randomUUID } from "node:crypto";
import type { Clock } from "../../../shared/base/clock.ts";
import { WallId } from "../../../shared/base/ids.ts";
import type { Result } from "../../../shared/base/result.ts";
import { Topic } from "../../../shared/base/topic.ts";
import type { Wall } from "../../../shared/model/layout.ts";
import type { Store } from "../../store/store.ts";

export interface WallsServiceDeps {
  readonly clock: Clock;
  readonly store: Pick<Store, "listWalls" | "saveWall" | "removeWall">;
}

export interface WallChange {
  /** One more than the change before it; a gap means that one was missed. */
  readonly sequence: number;
  readonly wallId: WallId;
}

/** Saved arrangements of the site. */
export class WallsService {
  readonly #deps: WallsServiceDeps;
  /** A wall was saved or removed. */
  readonly changed = new Topic<WallChange>();
  #sequence = 0;

  constructor(deps: WallsServiceDeps) {
    this.#deps = deps;
  }

  list(): Promise<Wall[]> {
    return this.#deps.store.listWalls();
  }

  /** Saves a wall; `id: null` makes a new one. */
  async save(
    wall: Omit<Wall, "id" | "changedAt"> & { readonly id: WallId | null },
  ): Promise<Result<Wall, { readonly kind: "name-taken" }>> {
    const id = wall.id ?? WallId.parse(randomUUID());
    const saved = await this.#deps.store.saveWall({ ...wall, id, changedAt: this.#deps.clock.now() });
    if (saved.ok) this.#announce(id);
    return saved;
  }

  /** False: there was no such wall. */
  async remove(id: WallId): Promise<boolean> {
    const isRemoved = await this.#deps.store.removeWall(id);
    if (isRemoved) this.#announce(id);
    return isRemoved;
  }

  #announce(wallId: WallId): void {
    this.#sequence += 1;
    this.changed.publish({ sequence: this.#sequence, wallId });
  }
}
