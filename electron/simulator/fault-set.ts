import { Fault, type FaultInput, type FaultKind, type FaultOf } from "./fault.ts";

/** The faults of one camera now: at most one of each kind. */
export class FaultSet {
  readonly #faults = new Map<FaultKind, Fault>();
  readonly #left = new Map<FaultKind, number>();
  readonly #onChange: (kind: FaultKind, fault: Fault | undefined) => void;

  /** @param onChange told after a fault was set or (undefined) cleared */
  constructor(onChange: (kind: FaultKind, fault: Fault | undefined) => void = () => undefined) {
    this.#onChange = onChange;
  }

  get all(): readonly Fault[] {
    return [...this.#faults.values()];
  }

  /** @throws ZodError when the fault is none */
  set(input: FaultInput): Fault {
    const fault = Fault.parse(input);
    this.#faults.set(fault.kind, fault);
    this.#left.delete(fault.kind);
    if ("times" in fault && fault.times !== undefined) this.#left.set(fault.kind, fault.times);
    this.#onChange(fault.kind, fault);
    return fault;
  }

  clear(kind: FaultKind): void {
    this.#left.delete(kind);
    if (this.#faults.delete(kind)) this.#onChange(kind, undefined);
  }

  clearAll(): void {
    const kinds = Array.from(this.#faults.keys());
    for (const kind of kinds) this.clear(kind);
  }

  /** The fault of that kind, when it is on. */
  find<K extends FaultKind>(kind: K): FaultOf<K> | undefined {
    const fault = this.#faults.get(kind);
    return isKind(fault, kind) ? fault : undefined;
  }

  /** Takes one off a fault that ends after so many times. */
  spend(kind: FaultKind): void {
    const left = this.#left.get(kind);
    if (left === undefined) return;
    if (left <= 1) this.clear(kind);
    else this.#left.set(kind, left - 1);
  }
}

/** True when the fault concerns that operation (`GetProfiles`). */
export function concerns(fault: Fault, operation: string): boolean {
  const only = "operations" in fault ? fault.operations : undefined;
  return only === undefined || only.length === 0 || only.includes(operation);
}

function isKind<K extends FaultKind>(fault: Fault | undefined, kind: K): fault is FaultOf<K> {
  return fault?.kind === kind;
}
