import type { ChannelId } from "../../../shared/base/ids.ts";
import { clockTime } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useKeyPicture } from "../../pictures/use-key-picture.ts";
import { useReviewScope } from "./review-context.tsx";
import styles from "./hover-picture.module.css";

/** In device pixels of a large screen; it is shown half as wide. */
const widthPx = 480;

export interface HoverPictureProps {
  readonly channelId: ChannelId;
  /** UTC ms. */
  readonly at: number;
}

/** What a camera saw at the moment under the pointer, by the keyframe before it, and when that was. */
export function HoverPicture({ channelId, at }: HoverPictureProps) {
  const say = useSay();
  const { zone } = useReviewScope();
  const picture = useKeyPicture({ channelId, at }, widthPx);
  switch (picture.kind) {
    case "waiting":
      return <div className={styles.place} data-waiting />;
    case "none":
      return null;
    case "picture": {
      const time = clockTime(picture.capturedAt, zone.name);
      return <img className={styles.place} src={picture.url} alt={say("picture.of", { time })} />;
    }
    case "unsupported":
      return <span>{say("picture.unsupported", { codec: picture.codec })}</span>;
    case "broken":
      return <span>{say("picture.broken", { detail: picture.detail })}</span>;
  }
}
