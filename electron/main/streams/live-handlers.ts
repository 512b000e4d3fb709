import { implement } from "@orpc/server";
import { feed } from "../../../shared/base/feed.ts";
import { contract } from "../../../shared/contract/index.ts";
import type { StreamsService } from "./streams-service.ts";

/** What these handlers must know of their caller. */
interface Caller {
  readonly windowId: number;
}

const calls = implement(contract.live).$context<Caller>();

/** The live pictures' side of the contract. */
export const createLiveHandlers = (service: StreamsService) =>
  calls.router({
    statuses: calls.statuses.handler(() => [...service.statuses]),
    changed: calls.changed.handler(({ signal }) => feed(service.changed, signal)),
    reportTiles: calls.reportTiles.handler(({ input, context }) => {
      service.reportTiles(context.windowId, input);
      return null;
    }),
    retry: calls.retry.handler(({ input, errors }) => {
      if (!service.retry(input.channelId)) throw errors.NOT_FOUND();
      return null;
    }),
    saveSnapshot: calls.saveSnapshot.handler(async ({ input, errors }) => {
      const png = Buffer.from(input.png, "base64");
      const saved = await service.saveSnapshot(input.channelId, input.capturedAt, png);
      if (saved.ok) return { path: saved.value };
      if (saved.error.kind === "not-found") throw errors.NOT_FOUND();
      throw errors.NOT_SAVED({ data: { detail: saved.error.detail } });
    }),
    lastPicture: calls.lastPicture.handler(async ({ input }) => {
      const picture = await service.lastPicture(input.channelId);
      if (picture === undefined) return null;
      const base64 = Buffer.from(picture.jpeg).toString("base64");
      return { capturedAt: picture.capturedAt, dataUrl: `data:image/jpeg;base64,${base64}` };
    }),
    keepPicture: calls.keepPicture.handler(async ({ input }) => {
      await service.keepPicture(input.channelId, input.capturedAt, Buffer.from(input.jpeg, "base64"));
      return null;
    }),
  });
