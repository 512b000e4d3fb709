import type { ChannelId } from "../../shared/base/ids.ts";
import { useToasts } from "../frame/frame-context.tsx";
import { errorWords } from "../messages/error-words.ts";
import { useSay } from "../messages/messages-context.tsx";
import { useConsole } from "../read-model/console-context.tsx";
import { useChannelRecording } from "../read-model/use-recording-status.ts";

/** How long a press of the button records. */
const minutes = 10;

export interface RecordNow {
  /** Who asked for it; null: nobody; undefined: it is recorded in any case, or cannot be. */
  readonly recordedFor: string | null | undefined;
  /** Records for ten minutes from now, or ends what was asked for. */
  readonly toggle: () => void;
}

/** Recording a camera now whatever its rule says. */
export function useRecordNow(channelId: ChannelId): RecordNow {
  const say = useSay();
  const toasts = useToasts();
  const { client } = useConsole();
  const recording = useChannelRecording(channelId);
  const request = recording?.request ?? null;
  const isSpare = recording === undefined || (recording.mode === "continuous" && request === null);
  const change = async (): Promise<void> => {
    try {
      if (request === null) await client.recording.recordNow({ channels: [channelId], minutes });
      else await client.recording.stopRecordNow({ channels: [channelId] });
    } catch (error) {
      const detail = errorWords(say, error);
      toasts.show({ severity: "serious", title: say("live.recordFailed"), detail });
    }
  };
  return { recordedFor: isSpare ? undefined : (request?.by ?? null), toggle: () => void change() };
}
