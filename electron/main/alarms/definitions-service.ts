import { randomUUID } from "node:crypto";
import type { Clock } from "../../../shared/base/clock.ts";
import { AlarmDefinitionId } from "../../../shared/base/ids.ts";
import { Topic } from "../../../shared/base/topic.ts";
import type { AlarmDefinition } from "../../../shared/model/alarm.ts";
import type { Store } from "../../store/store.ts";

export interface DefinitionsServiceDeps {
  readonly clock: Clock;
  readonly store: Pick<Store, "listAlarmDefinitions" | "removeAlarmDefinition" | "saveAlarmDefinition">;
}

/** A definition as a person writes it; `id: null` makes a new one. */
export type DefinitionDraft = Omit<AlarmDefinition, "id"> & { readonly id: AlarmDefinitionId | null };

/** Which events raise which alarms. Kept in memory: it is asked for every event. */
export class DefinitionsService {
  readonly #deps: DefinitionsServiceDeps;
  readonly changed = new Topic<{ readonly sequence: number }>();
  #definitions: readonly AlarmDefinition[] = [];
  #sequence = 0;

  constructor(deps: DefinitionsServiceDeps) {
    this.#deps = deps;
  }

  /** Reads the definitions. */
  async start(): Promise<void> {
    this.#definitions = await this.#deps.store.listAlarmDefinitions();
  }

  /** The gravest first. */
  get list(): readonly AlarmDefinition[] {
    return this.#definitions;
  }

  /** Saves a definition, or says why not. Alarms that are open keep what they were raised with. */
  async save(draft: DefinitionDraft, by: string): Promise<AlarmDefinition | "not-found" | "name-taken"> {
    const { clock, store } = this.#deps;
    const known = this.#definitions.find(({ id }) => id === draft.id);
    if (draft.id !== null && known === undefined) return "not-found";
    const isTaken = this.#definitions.some(
      ({ id, name }) => id !== draft.id && name.toLowerCase() === draft.name.toLowerCase(),
    );
    if (isTaken) return "name-taken";
    const saved = { ...draft, id: draft.id ?? AlarmDefinitionId.parse(randomUUID()) };
    await store.saveAlarmDefinition(saved, { by, at: clock.now() });
    await this.#readAgain();
    return saved;
  }

  /** False: there was no such definition. */
  async remove(id: AlarmDefinitionId): Promise<boolean> {
    const isRemoved = await this.#deps.store.removeAlarmDefinition(id);
    if (isRemoved) await this.#readAgain();
    return isRemoved;
  }

  async #readAgain(): Promise<void> {
    this.#definitions = await this.#deps.store.listAlarmDefinitions();
    this.#sequence += 1;
    this.changed.publish({ sequence: this.#sequence });
  }
}
