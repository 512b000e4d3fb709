import { Cctv } from "lucide-react";
import { useEffect, useMemo, useState, type ReactNode } from "react";
import { Button } from "../../design/Button.tsx";
import { EmptyState } from "../../design/EmptyState.tsx";
import { ErrorState } from "../../design/ErrorState.tsx";
import { LoadingState } from "../../design/LoadingState.tsx";
import { useFrame, useKept } from "../../frame/frame-context.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { useDevices } from "../../read-model/use-devices.ts";
import { useWalls } from "../../read-model/use-walls.ts";
import type { ChannelId } from "../../../shared/base/ids.ts";
import type { Channel } from "../../../shared/model/channel.ts";
import type { Wall } from "../../../shared/model/layout.ts";
import { CameraPanel } from "./CameraPanel.tsx";
import { NameWallDialog } from "./NameWallDialog.tsx";
import { draftOfAll, useWallPage } from "./use-wall-page.ts";
import { useWall, WallProvider, type TileHandle } from "./wall-context.tsx";
import { draftOfWall } from "./wall-draft.ts";
import { WallGrid } from "./WallGrid.tsx";
import { WallHeader } from "./WallHeader.tsx";
import { createWallStore } from "./wall-store.ts";
import styles from "./live.module.css";

export interface LiveViewProps {
  /** Stands in place of the wall while the site has no cameras; the way to the first ones. */
  readonly empty?: ReactNode;
}

/** The live wall. */
export function LiveView({ empty }: LiveViewProps) {
  const say = useSay();
  const devices = useDevices();
  const walls = useWalls();
  const goTo = useFrame((frame) => frame.goTo);
  const channels = useMemo(() => channelsOf(devices.data ?? []), [devices.data]);
  const failure = devices.error ?? walls.error;
  if (failure !== null) {
    const again = (): void => void Promise.all([devices.refetch(), walls.refetch()]);
    return (
      <ErrorState
        title={say("live.failed")}
        cause={say("live.failedCause")}
        remedy={say("live.failedRemedy")}
        detail={failure.message}
        action={
          <Button tone="primary" onPress={again}>
            {say("design.retry")}
          </Button>
        }
      />
    );
  }
  if (devices.data === undefined || walls.data === undefined)
    return <LoadingState label={say("live.loading")} />;
  if (channels.size > 0) return <OpenedWall channels={channels} walls={walls.data} />;
  if (empty !== undefined) return empty;
  const find = (
    <Button tone="primary" onPress={() => goTo("devices", { kind: "discover" })}>
      {say("live.emptyAction")}
    </Button>
  );
  return (
    <EmptyState icon={Cctv} title={say("live.empty")} action={find}>
      {say("live.emptyText")}
    </EmptyState>
  );
}

interface WallPageProps {
  readonly channels: ReadonlyMap<ChannelId, Channel>;
  readonly walls: readonly Wall[];
}

/** Opens the wall this window had, else the one changed last, else one with every camera. */
function OpenedWall({ channels, walls }: WallPageProps) {
  const kept = useFrame((frame) => frame.wallId);
  // An arrangement that was not saved is still there after a look at another page.
  const store = useKept("wall", () => {
    const wall =
      walls.find(({ id }) => id === kept) ?? walls.toSorted((a, b) => b.changedAt - a.changedAt)[0];
    return wall === undefined
      ? createWallStore(draftOfAll([...channels.keys()]), "automatic")
      : createWallStore(draftOfWall(wall));
  });
  useEffect(() => () => store.setState({ zooms: new Map(), soundId: null }), [store]);
  const [handles] = useState(() => new Map<string, TileHandle>());
  const scope = useMemo(() => ({ store, channels, handles }), [store, channels, handles]);
  return (
    <WallProvider scope={scope}>
      <WallPage walls={walls} />
    </WallProvider>
  );
}

function WallPage({ walls }: { readonly walls: readonly Wall[] }) {
  const say = useSay();
  const page = useWallPage(walls);
  const cameras = useWall((wall) => wall.cameras);
  const name = useWall((wall) => wall.draft.name);
  const isFull = page.fullScreen === "on";
  return (
    <div className={styles.page} data-full={isFull}>
      {!isFull && (
        <WallHeader
          menu={page.menu}
          saved={page.saved}
          fullScreen={page.fullScreen}
          onSave={page.save}
          onFullScreen={page.toggleFullScreen}
          onWindow={page.openWindow}
        />
      )}
      <div className={styles.body} data-cameras={cameras}>
        {cameras === "open" && <CameraPanel />}
        <WallGrid />
      </div>
      {page.dialog !== null && (
        <NameWallDialog
          title={say(page.dialog === "rename" ? "live.rename.title" : "live.save.title")}
          name={name}
          onSave={page.saveNamed}
          onClose={page.closeDialog}
        />
      )}
    </div>
  );
}

function channelsOf(
  devices: readonly { readonly channels: readonly Channel[] }[],
): ReadonlyMap<ChannelId, Channel> {
  const all = devices.flatMap((device) => device.channels).sort((a, b) => a.number - b.number);
  return new Map(all.map((channel) => [channel.id, channel]));
}
