import { CircleDot, CircleStop } from "lucide-react";
import type { ChannelId } from "../../shared/base/ids.ts";
import type { MenuEntry } from "../design/menu-entry.ts";
import { useToasts } from "../frame/frame-context.tsx";
import { errorWords } from "../messages/error-words.ts";
import { useSay } from "../messages/messages-context.tsx";
import { useConsole } from "../read-model/console-context.tsx";
import { useChannelRecording } from "../read-model/use-recording-status.ts";

/** How long a press of the button records. */
const usualMinutes = 10;
/** What a menu offers. */
const offeredMinutes = [5, 10, 30, 60];

export interface RecordNow {
  /** Who asked for it; null: nobody; undefined: it is recorded in any case, or cannot be. */
  readonly recordedFor: string | null | undefined;
  /** Records for ten minutes from now, or ends what was asked for. */
  readonly toggle: () => void;
  /** Every length that can be asked for; while it records, the same from now on, and the end of it. */
  readonly entries: readonly MenuEntry[];
}

/** Recording a camera now whatever its rule says. */
export function useRecordNow(channelId: ChannelId): RecordNow {
  const say = useSay();
  const toasts = useToasts();
  const { client } = useConsole();
  const recording = useChannelRecording(channelId);
  const request = recording?.request ?? null;
  const isSpare = recording === undefined || (recording.mode === "continuous" && request === null);
  const channels = [channelId];
  const change = async (ask: () => Promise<unknown>): Promise<void> => {
    try {
      await ask();
    } catch (error) {
      const detail = errorWords(say, error);
      toasts.show({ severity: "serious", title: say("live.recordFailed"), detail });
    }
  };
  const record = (minutes: number) => (): void =>
    void change(() => client.recording.recordNow({ channels, minutes }));
  const stop = (): void => void change(() => client.recording.stopRecordNow({ channels }));
  const lengths = offeredMinutes.map((minutes) => ({
    id: `record-${minutes}`,
    label: say(request === null ? "record.for" : "record.goOn", { minutes }),
    icon: CircleDot,
    run: record(minutes),
  }));
  const end =
    request === null
      ? []
      : [
          {
            id: "record-stop",
            label: say("live.tool.recordStop", { name: request.by }),
            icon: CircleStop,
            run: stop,
          },
        ];
  return {
    recordedFor: isSpare ? undefined : (request?.by ?? null),
    toggle: request === null ? record(usualMinutes) : stop,
    entries: isSpare ? [] : [...end, ...lengths],
  };
}
