import { Pause, Play, Radio } from "lucide-react";
import { useCallback, useEffect, useRef, useState, useSyncExternalStore, type KeyboardEvent } from "react";
import { systemClock } from "../../shared/base/clock.ts";
import type { Channel } from "../../shared/model/channel.ts";
import { Button } from "../design/Button.tsx";
import { IconButton } from "../design/IconButton.tsx";
import { StateMark } from "../design/StateMark.tsx";
import { clockTime } from "../messages/format.ts";
import { useSay } from "../messages/messages-context.tsx";
import { useSiteZone } from "../read-model/use-settings.ts";
import { usePlayerDeck } from "./player-context.tsx";
import { Replay, type ReplayView } from "./replay.ts";
import { ReplayScrubber } from "./ReplayScrubber.tsx";
import tile from "./tile.module.css";
import styles from "./replay.module.css";

export interface ReplayPictureProps {
  readonly channel: Channel;
  /** Back to the live picture: asked for, or because the replay has come to now. */
  readonly onLive: () => void;
}

const loading: ReplayView = { kind: "loading" };
const never = (): (() => void) => () => undefined;

/** The last half minute of a live tile over its picture; marked so that nobody takes it for live. */
export function ReplayPicture({ channel, onLive }: ReplayPictureProps) {
  const say = useSay();
  const replay = useReplay(channel.id, onLive);
  const view = useSyncExternalStore(replay?.subscribe ?? never, () => replay?.view ?? loading);
  const attach = useCallback((host: HTMLDivElement | null) => replay?.attach(host), [replay]);
  const isPlaying = view.kind === "playing";
  const hasSpan = view.kind === "playing" || view.kind === "paused";
  const pressed = (event: KeyboardEvent): void => {
    if (replay === undefined || !hasSpan) return;
    if (event.key === " " && !(event.target instanceof HTMLButtonElement)) replay.setPlaying(!isPlaying);
    else if (event.key === ",") replay.step(-1);
    else if (event.key === ".") replay.step(1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // Its keys work from everything in it; the controls themselves are buttons and a slider.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/no-static-element-interactions
    <div
      role="group"
      aria-label={say("replay.label", { name: channel.name })}
      className={styles.replay}
      data-replay={view.kind}
      onKeyDown={pressed}
    >
      <div ref={attach} className={tile.surface} />
      <p className={styles.mark}>
        <StateMark severity="warning">
          {say("replay.mark")} {replay !== undefined && hasSpan && <ReplayAge replay={replay} />}
        </StateMark>
      </p>
      {view.kind === "loading" && <p className={styles.message}>{say("replay.loading")}</p>}
      {view.kind === "nothing" && <p className={styles.message}>{say("replay.nothing")}</p>}
      {view.kind === "failed" && <p className={styles.message}>{say("replay.failed")}</p>}
      <div className={styles.controls}>
        <span className={tile.number}>{channel.number}</span>
        <b className={tile.name}>{channel.name}</b>
        {replay !== undefined && hasSpan ? (
          <>
            <IconButton
              size="small"
              label={say(isPlaying ? "replay.pause" : "replay.play")}
              icon={isPlaying ? Pause : Play}
              onPress={() => replay.setPlaying(!isPlaying)}
            />
            <ReplayScrubber replay={replay} from={view.from} to={view.to} />
          </>
        ) : (
          <span className={tile.gap} />
        )}
        <Button onPress={onLive}>
          <Radio size={14} aria-hidden /> {say("replay.live")}
        </Button>
      </div>
    </div>
  );
}

/** A replay while the component is mounted; undefined during the first rendering. */
function useReplay(channelId: Channel["id"], onLive: () => void): Replay | undefined {
  const { link, pool } = usePlayerDeck();
  const [replay, setReplay] = useState<Replay>();
  const end = useRef(onLive);
  useEffect(() => {
    end.current = onLive;
  }, [onLive]);
  useEffect(() => {
    const started = new Replay({ channelId, clock: systemClock, pool, link, onEnd: () => end.current() });
    started.start();
    // The player is a thing outside React that this effect starts and stops.
    // oxlint-disable-next-line react/set-state-in-effect
    setReplay(started);
    return () => started.stop();
  }, [channelId, link, pool]);
  return replay;
}

/** How old the picture is, written straight into the page; the time it was taken on hover. */
function ReplayAge({ replay }: { readonly replay: Replay }) {
  const say = useSay();
  const zone = useSiteZone();
  const element = useRef<HTMLSpanElement>(null);
  useEffect(
    () =>
      replay.subscribeTime((shownAt) => {
        if (element.current === null) return;
        const seconds = ((systemClock.now() - shownAt) / 1_000).toFixed(1);
        element.current.textContent = say("replay.age", { seconds });
        element.current.title = clockTime(shownAt, zone);
      }),
    [replay, say, zone],
  );
  return <span ref={element} data-replay-age />;
}
