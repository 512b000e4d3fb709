import { systemClock } from "../../../shared/base/clock.ts";
import { useFrame, useToasts } from "../../frame/frame-context.tsx";
import { errorWords } from "../../messages/error-words.ts";
import { clockTime } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useConsole } from "../../read-model/console-context.tsx";
import { useSiteZone } from "../../read-model/use-settings.ts";
import type { Channel } from "../../../shared/model/channel.ts";

/** Keeps this moment of a camera with one press; the message offers to take it back and to write a note. */
export function useBookmarkNow(): (channel: Channel) => Promise<void> {
  const say = useSay();
  const toasts = useToasts();
  const zone = useSiteZone();
  const goTo = useFrame((frame) => frame.goTo);
  const { client } = useConsole();
  return async ({ id, name }) => {
    const at = Math.round(systemClock.now());
    const time = clockTime(at, zone);
    const failed = (error: unknown): void =>
      toasts.show({
        severity: "serious",
        title: say("live.bookmark.failed", { name }),
        detail: errorWords(say, error),
      });
    const draft = { from: at, to: at, note: "", tags: [], colour: "blue" as const, id: null };
    try {
      const bookmark = await client.bookmarks.save({
        ...draft,
        channels: [id],
        title: say("live.bookmark.title", { name, time }).slice(0, 80),
      });
      toasts.show({
        severity: "normal",
        title: say("live.bookmark.made", { name, time }),
        action: {
          label: say("live.undo"),
          run: () => void client.bookmarks.remove({ id: bookmark.id }).catch(failed),
        },
        more: {
          label: say("live.bookmark.note"),
          run: () => goTo("review", { kind: "bookmark", bookmark }),
        },
      });
    } catch (error) {
      failed(error);
    }
  };
}
