import { Maximize2, Minimize2, Radio, Volume2, VolumeX, X } from "lucide-react";
import { useCallback, useEffect, useSyncExternalStore } from "react";
import { classNames } from "../../design/class-names.ts";
import { IconButton } from "../../design/IconButton.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import type { ChannelId } from "../../../shared/base/ids.ts";
import type { RecordingSpan } from "../../../shared/model/recording.ts";
import type { PlaybackDriver, PlaybackView } from "../../player/playback-driver.ts";
import { RecordNowButton } from "../../recording-rule/RecordNowButton.tsx";
import { useReview, useReviewScope } from "./review-context.tsx";
import { RegionLayer } from "./RegionLayer.tsx";
import { ReviewMessage } from "./ReviewMessage.tsx";
import type { ReviewDeeds } from "./use-review-deeds.ts";
import tiles from "../../design/picture-tile.module.css";
import tile from "../../player/tile.module.css";
import styles from "./review.module.css";

export interface ReviewTileProps {
  readonly channelId: ChannelId;
  readonly spans: readonly RecordingSpan[];
  readonly now: number;
  readonly deeds: ReviewDeeds;
}

const loading: PlaybackView = { kind: "loading", hasPicture: false };
const never = (): (() => void) => () => undefined;

/** One camera's recording: its picture at the common time, or why there is none. */
export function ReviewTile({ channelId, spans, now, deeds }: ReviewTileProps) {
  const say = useSay();
  const { store, deck, channels } = useReviewScope();
  const driver: PlaybackDriver | undefined = deck.drivers.get(channelId);
  const view = useSyncExternalStore(driver?.subscribe ?? never, () => driver?.view ?? loading);
  const isSelected = useReview((review) => review.selectedId === channelId);
  const maximisedId = useReview((review) => review.maximisedId);
  const isHeard = useReview((review) => review.heardId === channelId);
  useEffect(() => driver?.setHeard(isHeard), [driver, isHeard]);
  const attach = useCallback((host: HTMLDivElement | null) => driver?.attach(host), [driver]);
  const channel = channels.get(channelId);
  const name = channel?.name ?? "";
  const { select, maximise, toggleChannel, listenTo } = store.getState();
  const isMaximised = maximisedId === channelId;
  return (
    // The tile itself is what is selected and opened; its tools are buttons of their own.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/no-static-element-interactions
    <div
      role="group"
      aria-label={say("review.tile.label", { number: channel?.number ?? 0, name })}
      className={classNames(tiles.tile, styles.tile)}
      data-channel={channel?.number}
      data-state={view.kind}
      data-selected={isSelected}
      hidden={maximisedId !== null && !isMaximised}
      onPointerDown={() => select(channelId)}
      onFocus={() => select(channelId)}
      onDoubleClick={(event) => {
        if (event.target instanceof Element && event.target.closest("button") !== null) return;
        maximise(isMaximised ? null : channelId);
      }}
    >
      <div ref={attach} className={tile.surface} />
      <ReviewMessage view={view} spans={spans} now={now} />
      {channel !== undefined && <RegionLayer channel={channel} />}
      <div className={tile.caption}>
        <span className={tile.number}>{channel?.number}</span>
        <b className={tile.name}>{name}</b>
      </div>
      <div
        className={classNames(tiles.tools, styles.tools)}
        role="toolbar"
        aria-label={say("review.tile.tools", { name })}
      >
        <IconButton
          size="small"
          label={say(isHeard ? "review.tile.soundOff" : "review.tile.soundOn")}
          icon={isHeard ? Volume2 : VolumeX}
          keys="M"
          onPress={() => listenTo(isHeard ? null : channelId)}
        />
        <RecordNowButton channelId={channelId} name={name} />
        <IconButton
          size="small"
          label={say("review.tile.live")}
          icon={Radio}
          keys="G"
          onPress={() => {
            select(channelId);
            deeds.goLive();
          }}
        />
        <IconButton
          size="small"
          label={say(isMaximised ? "review.tile.restore" : "review.tile.maximise")}
          icon={isMaximised ? Minimize2 : Maximize2}
          keys="Enter"
          onPress={() => maximise(isMaximised ? null : channelId)}
        />
        <IconButton
          size="small"
          label={say("review.tile.remove")}
          icon={X}
          keys="Delete"
          onPress={() => toggleChannel(channelId)}
        />
      </div>
    </div>
  );
}
