import { Checkbox } from "../../design/Checkbox.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import type { ChannelId } from "../../../shared/base/ids.ts";
import { useReviewScope } from "./review-context.tsx";
import styles from "./kept.module.css";

export interface ChannelChoiceProps {
  /** What may be chosen. */
  readonly channels: readonly ChannelId[];
  readonly chosen: readonly ChannelId[];
  readonly onChange: (chosen: readonly ChannelId[]) => void;
}

/** Which cameras a bookmark or a lock is on. */
export function ChannelChoice({ channels: offered, chosen, onChange }: ChannelChoiceProps) {
  const say = useSay();
  const { channels } = useReviewScope();
  return (
    <fieldset className={styles.channels}>
      <legend>{say("review.cameras")}</legend>
      {offered.map((id) => {
        const channel = channels.get(id);
        return (
          <Checkbox
            key={id}
            isSelected={chosen.includes(id)}
            onChange={(isChosen) =>
              onChange(isChosen ? [...chosen, id] : chosen.filter((other) => other !== id))
            }
          >
            {channel === undefined ? say("marks.cameraGone") : `${channel.number} ${channel.name}`}
          </Checkbox>
        );
      })}
    </fieldset>
  );
}
