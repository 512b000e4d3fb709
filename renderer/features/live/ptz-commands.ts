import type { Command } from "../../keyboard/command.ts";
import type { MessageKey } from "../../messages/messages.ts";
import type { PtzHold, PtzSpeed } from "./ptz-hold.ts";

/** Speeds of a key or button, and of the same key with Shift. */
export const ptzSpeeds = { usual: 0.6, slow: 0.15 } as const;

/** One way in which a camera can be moved. */
export interface PtzWay {
  readonly id: "left" | "right" | "up" | "down" | "closer" | "wider";
  readonly title: MessageKey;
  readonly keys: readonly string[];
  readonly slowKeys: readonly string[];
  readonly slowTitle: MessageKey | null;
  readonly speed: PtzSpeed;
}

const still = { pan: 0, tilt: 0, zoom: 0 } as const;

export const ptzWays: readonly PtzWay[] = [
  way("left", "←", "ptz.left", "ptz.slowLeft", { ...still, pan: -1 }),
  way("right", "→", "ptz.right", "ptz.slowRight", { ...still, pan: 1 }),
  way("up", "↑", "ptz.up", "ptz.slowUp", { ...still, tilt: 1 }),
  way("down", "↓", "ptz.down", "ptz.slowDown", { ...still, tilt: -1 }),
  {
    id: "closer",
    title: "ptz.closer",
    keys: ["+", "="],
    slowKeys: [],
    slowTitle: null,
    speed: { ...still, zoom: 1 },
  },
  {
    id: "wider",
    title: "ptz.wider",
    keys: ["-"],
    slowKeys: [],
    slowTitle: null,
    speed: { ...still, zoom: -1 },
  },
];

/** A way at a speed between 0 and 1. */
export function atSpeed({ speed }: PtzWay, share: number): PtzSpeed {
  return { pan: speed.pan * share, tilt: speed.tilt * share, zoom: speed.zoom * share };
}

/** The keys of a tile in PTZ mode; they go before those of the wall. */
export function ptzCommands(
  hold: Pick<PtzHold, "press" | "release">,
  deeds: { readonly home: () => void; readonly leave: () => void },
): readonly Command[] {
  const held = (id: string, title: MessageKey, keys: readonly string[], speed: PtzSpeed): Command => ({
    id: `ptz.${id}`,
    title,
    keys,
    scope: "page",
    listed: "keys",
    run: () => hold.press(`key ${id}`, speed),
    release: () => hold.release(`key ${id}`),
  });
  const once = (id: string, title: MessageKey, key: string, run: () => void): Command => ({
    id: `ptz.${id}`,
    title,
    keys: [key],
    scope: "page",
    listed: "keys",
    run,
  });
  return [
    ...ptzWays.flatMap((each) => [
      held(each.id, each.title, each.keys, atSpeed(each, ptzSpeeds.usual)),
      ...(each.slowTitle === null
        ? []
        : [held(`slow-${each.id}`, each.slowTitle, each.slowKeys, atSpeed(each, ptzSpeeds.slow))]),
    ]),
    once("home", "ptz.home", "H", deeds.home),
    once("leave", "ptz.leave", "Esc", deeds.leave),
  ];
}

function way(
  id: PtzWay["id"],
  key: string,
  title: MessageKey,
  slowTitle: MessageKey,
  speed: PtzSpeed,
): PtzWay {
  return { id, title, keys: [key], slowKeys: [`Shift+${key}`], slowTitle, speed };
}
