import { useSay } from "../messages/messages-context.tsx";
import type { PlayerView } from "./player-state.ts";
import styles from "./tile.module.css";

/** Why a tile shows another stream or mode than was asked for. */
export function TileNote({ view }: { readonly view: PlayerView }) {
  const say = useSay();
  const note = view.plan?.note;
  if (note === undefined) return null;
  const text =
    note.kind === "fallback"
      ? say("tile.fallback")
      : say(note.wanted === "main" ? "tile.substitute" : "tile.substituteSub", {
          codec: codecName[note.codec],
        });
  return (
    <span className={styles.note} title={text}>
      {text}
    </span>
  );
}

const codecName = { H264: "H.264", H265: "H.265", JPEG: "JPEG", other: "Unknown" } as const;
