import { randomUUID } from "node:crypto";
import type { Clock } from "../../../shared/base/clock.ts";
import { Topic } from "../../../shared/base/topic.ts";
import type { Notice, NoticeMessage } from "../../../shared/contract/app.ts";

/** How many a window that opens later is still told. */
const kept = 20;

export interface NoticesServiceDeps {
  readonly clock: Clock;
}

/** What the console itself has to say in every window: a crash survived, a disk full. */
export class NoticesService {
  readonly #deps: NoticesServiceDeps;
  readonly #said: Notice[] = [];
  readonly said = new Topic<Notice>();

  constructor(deps: NoticesServiceDeps) {
    this.#deps = deps;
  }

  /** What was said in this session, oldest first: for windows that open later. */
  get recent(): readonly Notice[] {
    return this.#said;
  }

  /**
   * Says it in every window. The same message is not repeated within `quietMs`.
   */
  say(severity: Notice["severity"], message: NoticeMessage, detail: string, quietMs = 10_000): void {
    const at = this.#deps.clock.now();
    const last = this.#said.findLast((notice) => notice.message === message);
    if (last !== undefined && at - last.at < quietMs && at >= last.at) return;
    const notice = { id: randomUUID(), at, severity, message, detail: detail.slice(0, 1000) };
    this.#said.push(notice);
    if (this.#said.length > kept) this.#said.shift();
    this.said.publish(notice);
  }
}
