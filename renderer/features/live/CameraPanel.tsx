import { PanelLeftClose } from "lucide-react";
import { useMemo, useState } from "react";
import { classNames } from "../../design/class-names.ts";
import { IconButton } from "../../design/IconButton.tsx";
import { SideList } from "../../design/SideList.tsx";
import { StateMark } from "../../design/StateMark.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import type { Channel } from "../../../shared/model/channel.ts";
import { useCameraStates, type CameraCondition } from "./use-camera-states.ts";
import { startDrag } from "./tile-drag.ts";
import { usePlaceCamera } from "./use-place-camera.ts";
import { useWall, useWallScope } from "./wall-context.tsx";
import list from "../../design/side-list.module.css";
import styles from "./live.module.css";

/** Every camera of the site: searchable, draggable to a tile; Enter shows it in the selected tile. */
export function CameraPanel() {
  const say = useSay();
  const { channels, store } = useWallScope();
  const draft = useWall((wall) => wall.draft);
  const [query, setQuery] = useState("");
  const states = useCameraStates();
  const onWall = useMemo(() => new Set(draft.tiles.map((tile) => tile.channelId)), [draft]);
  const found = useMemo(() => findCameras([...channels.values()], query), [channels, query]);
  return (
    <SideList
      label={say("live.cameras")}
      searchLabel={say("live.cameras.search")}
      query={query}
      onQuery={setQuery}
      close={
        <IconButton
          label={say("live.cameras.close")}
          icon={PanelLeftClose}
          keys="L"
          onPress={() => store.getState().showCameras("closed")}
        />
      }
      none={found.length === 0 ? say("live.cameras.none", { query }) : null}
    >
      {found.map((channel) => (
        <li key={channel.id}>
          <CameraRow channel={channel} isOnWall={onWall.has(channel.id)} condition={states.get(channel.id)} />
        </li>
      ))}
    </SideList>
  );
}

interface CameraRowProps {
  readonly channel: Channel;
  readonly isOnWall: boolean;
  readonly condition: CameraCondition | undefined;
}

function CameraRow({ channel, isOnWall, condition }: CameraRowProps) {
  const say = useSay();
  const place = usePlaceCamera();
  return (
    <button
      type="button"
      className={classNames(list.row, styles.camera)}
      data-on-wall={isOnWall}
      draggable
      onDragStart={(event) => startDrag(event.dataTransfer, { kind: "channel", channelId: channel.id })}
      onClick={() => place(channel.id)}
    >
      <span className={list.number}>{channel.number}</span>
      <span className={list.name}>{channel.name}</span>
      {condition === undefined ? (
        <span className={styles.cameraState}>{isOnWall ? say("live.cameras.onWall") : ""}</span>
      ) : (
        <StateMark severity={condition.severity}>{say(condition.word)}</StateMark>
      )}
    </button>
  );
}

/** Cameras whose number or name holds every word, by number. */
export function findCameras(channels: readonly Channel[], query: string): readonly Channel[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return channels
    .filter(({ number, name }) => {
      const text = `${number} ${name.toLowerCase()}`;
      return words.every((word) => text.includes(word));
    })
    .sort((a, b) => a.number - b.number);
}
