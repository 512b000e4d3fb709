import {
  ChevronDown,
  ChevronLeft,
  ChevronRight,
  ChevronUp,
  House,
  ListVideo,
  Minus,
  Plus,
  X,
  type LucideIcon,
} from "lucide-react";
import type { RefObject } from "react";
import { IconButton } from "../../design/IconButton.tsx";
import { Menu } from "../../design/Menu.tsx";
import type { MenuEntry } from "../../design/menu-entry.ts";
import { useSay } from "../../messages/messages-context.tsx";
import type { Channel } from "../../../shared/model/channel.ts";
import { atSpeed, ptzSpeeds, ptzWays, type PtzWay } from "./ptz-commands.ts";
import { usePtz } from "./use-ptz.ts";
import styles from "./ptz.module.css";

export interface PtzControlsProps {
  readonly channel: Channel;
  /** The tile: the wheel over it zooms the camera. */
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly onLeave: () => void;
}

const icons: Readonly<Record<PtzWay["id"], LucideIcon>> = {
  left: ChevronLeft,
  right: ChevronRight,
  up: ChevronUp,
  down: ChevronDown,
  closer: Plus,
  wider: Minus,
};

/** The direction pad of a tile in PTZ mode. Everything moves for as long as it is held down. */
export function PtzControls(props: PtzControlsProps) {
  const say = useSay();
  const { hold, isMoving, presets, home, goTo } = usePtz(props);
  const { name } = props.channel;
  const entries: readonly MenuEntry[] =
    presets === undefined || presets.length === 0
      ? [
          {
            id: "none",
            label: say(presets === undefined ? "ptz.presetsLoading" : "ptz.presetsNone"),
            isDisabled: true,
            run: () => undefined,
          },
        ]
      : presets.map((preset) => ({
          id: `preset ${preset.token}`,
          label: preset.name === "" ? say("ptz.preset", { token: preset.token }) : preset.name,
          run: () => goTo(preset),
        }));
  return (
    <div
      className={styles.pad}
      role="group"
      aria-label={say("ptz.label", { name })}
      data-ptz={isMoving ? "moving" : "still"}
    >
      {ptzWays.map((way) => (
        <span key={way.id} className={styles[way.id]}>
          <IconButton
            size="small"
            label={say(way.title)}
            icon={icons[way.id]}
            {...(way.keys[0] === undefined ? {} : { keys: way.keys[0] })}
            onPressStart={() => hold.press(`pad ${way.id}`, atSpeed(way, ptzSpeeds.usual))}
            onPressEnd={() => hold.release(`pad ${way.id}`)}
          />
        </span>
      ))}
      <span className={styles.home}>
        <IconButton size="small" label={say("ptz.home")} icon={House} keys="H" onPress={home} />
      </span>
      <span className={styles.presets}>
        <Menu label={say("ptz.presets")} entries={entries}>
          <IconButton size="small" label={say("ptz.presets")} icon={ListVideo} />
        </Menu>
      </span>
      <span className={styles.leave}>
        <IconButton size="small" label={say("ptz.leave")} icon={X} keys="Esc" onPress={props.onLeave} />
      </span>
    </div>
  );
}
