import { useEffect } from "react";
import { useSay } from "../messages/messages-context.tsx";
import { useConsole } from "../read-model/console-context.tsx";
import { useDeviceFeed } from "../read-model/use-devices.ts";
import { useFeed } from "../read-model/use-feed.ts";
import { useJobFeed } from "../read-model/use-jobs.ts";
import { useRecordingStatusFeed } from "../read-model/use-recording-status.ts";
import { useSettings, useSettingsFeed } from "../read-model/use-settings.ts";
import { useStreamStatusFeed } from "../read-model/use-stream-statuses.ts";
import { useWallFeed } from "../read-model/use-walls.ts";
import { useAlarmAnnouncements } from "./use-alarm-announcements.ts";
import { useFrame, useToasts } from "./frame-context.tsx";

/** Everything the frame listens to, once a window: devices, settings, jobs, streams, recording, notices. */
export function useFrameFeeds(): void {
  const { client } = useConsole();
  const say = useSay();
  const toasts = useToasts();
  const addNotice = useFrame((frame) => frame.addNotice);
  useDeviceFeed();
  useWallFeed();
  useSettingsFeed();
  useStreamStatusFeed();
  useRecordingStatusFeed();
  useAlarmAnnouncements();
  useJobFeed((job) => {
    if (job.state !== "failed") return;
    const failure = job.failure ?? "";
    toasts.show({
      severity: "serious",
      title: say(job.title),
      detail: say("jobs.failed", { failure }),
    });
  });
  useFeed({ open: (signal) => client.app.notices(undefined, { signal }), onValue: addNotice });
}

/** Keeps what the window shows, so that it comes back after a restart, and applies reduced motion. */
export function useKeptWindow(): void {
  const { client } = useConsole();
  const page = useFrame((frame) => frame.page);
  const wallId = useFrame((frame) => frame.wallId);
  const { reduceMotion } = useSettings();
  useEffect(() => {
    void client.windows.keepState({ page, wallId });
  }, [client, page, wallId]);
  useEffect(() => {
    document.documentElement.dataset["reduceMotion"] = reduceMotion;
  }, [reduceMotion]);
}
