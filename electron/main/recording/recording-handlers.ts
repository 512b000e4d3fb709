import { implement } from "@orpc/server";
import { feed } from "../../../shared/base/feed.ts";
import { contract } from "../../../shared/contract/index.ts";
import type { PlaybackService } from "./playback-service.ts";
import type { RecordingHistory } from "./recording-history.ts";
import type { RecordingService } from "./recording-service.ts";

/** What these handlers must know of their caller. */
export interface Caller {
  readonly windowId: number;
  readonly session: { readonly name: string };
}

const calls = implement(contract.recording).$context<Caller>();

/** Recording's side of the contract. */
export const createRecordingHandlers = (
  service: RecordingService,
  history: RecordingHistory,
  playback: PlaybackService,
) =>
  calls.router({
    status: calls.status.handler(() => service.status),
    changed: calls.changed.handler(({ signal }) => feed(service.changed, signal, { latestOnly: true })),
    rule: calls.rule.handler(({ input }) => service.rule(input.channelId)),
    setRule: calls.setRule.handler(async ({ input, context, errors }) => {
      if (!(await service.setRule(input.channelId, input.rule, context.session.name)))
        throw errors.NOT_FOUND();
      return null;
    }),
    recordNow: calls.recordNow.handler(async ({ input, context }) => {
      await service.recordNow(input.channels, input.minutes, context.session.name);
      return null;
    }),
    stopRecordNow: calls.stopRecordNow.handler(async ({ input, context }) => {
      await service.stopRecordNow(input.channels, context.session.name);
      return null;
    }),
    clock: calls.clock.handler(({ input }) => history.clock(input.channelId, input.at)),
    timeline: calls.timeline.handler(({ input }) => history.timeline(input.channels, input)),
    signs: calls.signs.handler(({ input }) => history.signs(input.channels, input)),
    calendar: calls.calendar.handler(({ input }) => history.calendar(input.channels, input.bounds)),
    neighbour: calls.neighbour.handler(({ input }) => history.neighbour(input.channels, input)),
    open: calls.open.handler(async ({ input, context, errors }) => {
      const opened = await playback.open(context.windowId, input);
      if (!opened.ok) throw errors.UNAVAILABLE({ data: { detail: opened.error } });
      return opened.value;
    }),
    close: calls.close.handler(({ input }) => {
      playback.close(input.id);
      return null;
    }),
  });
