import type { Clock } from "../../../shared/base/clock.ts";
import { Topic } from "../../../shared/base/topic.ts";
import type { EventNews } from "../../../shared/contract/events.ts";
import type { Event } from "../../../shared/model/event.ts";

const everyMs = 250;
const mostShown = 200;

/** New events gathered for the windows: the first at once, a storm in four portions a second. */
export class EventNewsDesk {
  readonly #clock: Clock;
  readonly #ends = new AbortController();
  readonly changed = new Topic<EventNews>();
  #gathered: Event[] = [];
  #missed = 0;
  #isWaiting = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  stop(): void {
    this.#ends.abort(new Error("no more news"));
  }

  add(events: readonly Event[]): void {
    this.#gathered.push(...events);
    const over = Math.max(0, this.#gathered.length - mostShown);
    this.#gathered.splice(0, over);
    this.#missed += over;
    if (!this.#isWaiting) this.#tell();
  }

  #tell(): void {
    const news = { events: this.#gathered, missed: this.#missed };
    this.#gathered = [];
    this.#missed = 0;
    if (news.events.length === 0) return;
    this.changed.publish(news);
    this.#isWaiting = true;
    this.#clock.sleep(everyMs, this.#ends.signal).then(
      () => {
        this.#isWaiting = false;
        this.#tell();
      },
      () => undefined,
    );
  }
}
