import { CircleDot } from "lucide-react";
import type { ChannelId } from "../../shared/base/ids.ts";
import { IconButton } from "../design/IconButton.tsx";
import { Menu } from "../design/Menu.tsx";
import { useSay } from "../messages/messages-context.tsx";
import { useRecordNow } from "./use-record-now.ts";

export interface RecordNowButtonProps {
  readonly channelId: ChannelId;
  /** Of the camera. */
  readonly name: string;
}

/** Asks for a camera to be recorded now, for how long, and ends it; nothing for one that is recorded in any case. */
export function RecordNowButton({ channelId, name }: RecordNowButtonProps) {
  const say = useSay();
  const { recordedFor, entries } = useRecordNow(channelId);
  if (recordedFor === undefined) return null;
  const label = say(recordedFor === null ? "record.now" : "record.isNow", { name });
  return (
    <Menu label={label} entries={entries}>
      <IconButton size="small" label={label} icon={CircleDot} isPressed={recordedFor !== null} />
    </Menu>
  );
}
