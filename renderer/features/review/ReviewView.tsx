import { Cctv, ListVideo } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { Button } from "../../design/Button.tsx";
import { EmptyState } from "../../design/EmptyState.tsx";
import { ErrorState } from "../../design/ErrorState.tsx";
import { LoadingState } from "../../design/LoadingState.tsx";
import { PageHeader } from "../../design/PageHeader.tsx";
import { useFrame, useTarget } from "../../frame/frame-context.tsx";
import { useNow } from "../../frame/use-now.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useDevices } from "../../read-model/use-devices.ts";
import { useSiteZone } from "../../read-model/use-settings.ts";
import type { ChannelId } from "../../../shared/base/ids.ts";
import type { Channel } from "../../../shared/model/channel.ts";
import { createPenStore } from "./region-pen.ts";
import { ReviewProvider, useReview, useReviewScope } from "./review-context.tsx";
import { ReviewDrawer } from "./ReviewDrawer.tsx";
import { ReviewGrid } from "./ReviewGrid.tsx";
import { ReviewHeader } from "./ReviewHeader.tsx";
import { ReviewNotes } from "./ReviewNotes.tsx";
import { SiteZone } from "./site-zone.ts";
import { TimelinePanel } from "./TimelinePanel.tsx";
import { useCoarseTime } from "./use-coarse-time.ts";
import { useReviewKeys } from "./use-review-keys.ts";
import { useReviewDeeds } from "./use-review-deeds.ts";
import { useReviewParts } from "./use-review-scope.ts";
import { useNearLanes } from "./use-timeline.ts";
import styles from "./review.module.css";

/** The review of recordings: pictures in step above, the ruler below. */
export function ReviewView() {
  const say = useSay();
  const devices = useDevices();
  const goTo = useFrame((frame) => frame.goTo);
  const channels = useMemo(() => {
    const all = (devices.data ?? []).flatMap((device) => device.channels);
    return new Map(all.sort((a, b) => a.number - b.number).map((channel) => [channel.id, channel]));
  }, [devices.data]);
  if (devices.isError) {
    return (
      <ErrorState
        title={say("review.failed")}
        cause={say("review.failedCause")}
        remedy={say("review.failedRemedy")}
        detail={devices.error.message}
        action={
          <Button tone="primary" onPress={() => void devices.refetch()}>
            {say("design.retry")}
          </Button>
        }
      />
    );
  }
  if (devices.data === undefined) return <LoadingState label={say("review.loading")} />;
  if (channels.size > 0) return <OpenedReview channels={channels} />;
  return (
    <>
      <PageHeader title={say("review.title")} />
      <EmptyState
        icon={Cctv}
        title={say("review.empty")}
        action={
          <Button tone="primary" onPress={() => goTo("devices", { kind: "discover" })}>
            {say("review.emptyAction")}
          </Button>
        }
      >
        {say("review.emptyText")}
      </EmptyState>
    </>
  );
}

function OpenedReview({ channels }: { readonly channels: ReadonlyMap<ChannelId, Channel> }) {
  const say = useSay();
  const zoneName = useSiteZone();
  const [pen] = useState(createPenStore);
  const parts = useReviewParts(channels);
  const scope = useMemo(
    () => (parts === undefined ? undefined : { ...parts, channels, pen, zone: new SiteZone(zoneName) }),
    [parts, channels, pen, zoneName],
  );
  if (scope === undefined) return <LoadingState label={say("review.loading")} />;
  return (
    <ReviewProvider scope={scope}>
      <ReviewPage />
    </ReviewProvider>
  );
}

function ReviewPage() {
  const say = useSay();
  const { store, deck, channels } = useReviewScope();
  const deeds = useReviewDeeds();
  const shown = useReview((review) => review.channels);
  const drawer = useReview((review) => review.drawer.kind);
  const now = useNow();
  const near = useNearLanes(shown, useCoarseTime(), now);
  useReviewKeys(deeds);
  useTarget("camera", ({ id }) => store.getState().showChannel(id));
  useTarget("bookmark", ({ bookmark }) => {
    for (const id of bookmark.channels) store.getState().showChannel(id);
    deeds.jump(bookmark.from);
    store.getState().open({ kind: "bookmark", bookmark });
  });
  useTarget("moment", ({ channels: asked, at }) => {
    store.getState().showChannels(asked);
    deck.seek(at);
    store.getState().follow(at);
  });
  useEffect(() => store.getState().keepOnly(new Set(channels.keys())), [store, channels]);
  return (
    <div className={styles.page}>
      <ReviewHeader deeds={deeds} />
      <div
        className={styles.body}
        data-drawer={drawer === "cameras" ? "left" : drawer === "none" ? "none" : "right"}
      >
        {drawer === "cameras" && <ReviewDrawer deeds={deeds} />}
        <div className={styles.pictures}>
          {shown.length === 0 ? (
            <EmptyState
              icon={ListVideo}
              title={say("review.noChannel")}
              action={
                <Button tone="primary" onPress={() => store.getState().open({ kind: "cameras" })}>
                  {say("review.noChannelAction")}
                </Button>
              }
            >
              {say("review.noChannelText")}
            </EmptyState>
          ) : (
            <ReviewGrid near={near} now={now} deeds={deeds} />
          )}
          <ReviewNotes near={near} deeds={deeds} />
        </div>
        {drawer !== "cameras" && <ReviewDrawer deeds={deeds} />}
      </div>
      {shown.length > 0 && <TimelinePanel now={now} deeds={deeds} />}
    </div>
  );
}
