import { useCallback } from "react";
import type { PlayerDriver } from "./player-driver.ts";
import styles from "./tile.module.css";

/** The place in the page where a driver puts its `<video>`. */
export function PlayerSurface({ driver }: { readonly driver: PlayerDriver | undefined }) {
  const attach = useCallback((host: HTMLDivElement | null) => driver?.attach(host), [driver]);
  return <div ref={attach} className={styles.surface} />;
}
