import { ListChecks } from "lucide-react";
import { Button } from "react-aria-components/Button";
import { Dialog, DialogTrigger } from "react-aria-components/Dialog";
import { Popover } from "react-aria-components/Popover";
import { useQuery } from "@tanstack/react-query";
import overlay from "../design/overlay.module.css";
import { StateMark } from "../design/StateMark.tsx";
import { StatusBar, StatusItem } from "../design/StatusBar.tsx";
import { useSay } from "../messages/messages-context.tsx";
import { useConsole } from "../read-model/console-context.tsx";
import { useJobs } from "../read-model/use-jobs.ts";
import { useSettings } from "../read-model/use-settings.ts";
import { useSiteStatus } from "../read-model/use-site-status.ts";
import { AlarmCondition } from "./AlarmCondition.tsx";
import { JobList } from "./JobList.tsx";
import { RecordingCondition } from "./RecordingCondition.tsx";
import { SiteClock } from "./SiteClock.tsx";
import styles from "./frame.module.css";

/** What must be seen on every page: the cameras' condition, the jobs, the site and its time. */
export function SiteStatusBar() {
  const say = useSay();
  const { queries } = useConsole();
  const { siteName } = useSettings();
  const about = useQuery(queries.app.info.queryOptions()).data;
  return (
    <StatusBar
      label={say("status.label")}
      start={
        <>
          <AlarmCondition />
          <StatusItem>
            <CameraCondition />
          </StatusItem>
          <RecordingCondition />
        </>
      }
      end={
        <>
          <JobsItem />
          {about?.demo === true && (
            <StatusItem>
              <StateMark severity="notice">{say("status.demo")}</StateMark>
            </StatusItem>
          )}
          <StatusItem>{siteName}</StatusItem>
          <StatusItem>
            <SiteClock />
          </StatusItem>
        </>
      }
    />
  );
}

function CameraCondition() {
  const say = useSay();
  const counts = useSiteStatus();
  if (counts === undefined) return <>{say("status.unknown")}</>;
  if (counts.channels === 0) return <>{say("status.none")}</>;
  return (
    <>
      <span>{say("status.cameras")}</span>
      <StateMark severity="normal">{say("status.live", { count: counts.live })}</StateMark>
      <StateMark severity={counts.stale > 0 ? "warning" : "quiet"}>
        {say("status.stale", { count: counts.stale })}
      </StateMark>
      <StateMark severity={counts.lost > 0 ? "critical" : "quiet"}>
        {say("status.lost", { count: counts.lost })}
      </StateMark>
      {counts.unwatched > 0 && (
        <StateMark severity="quiet">{say("status.waiting", { count: counts.unwatched })}</StateMark>
      )}
    </>
  );
}

function JobsItem() {
  const say = useSay();
  const jobs = useJobs();
  const running = jobs.filter((job) => job.endedAt === null);
  const first = running[0];
  return (
    <DialogTrigger>
      <Button className={styles.jobsButton ?? ""}>
        <ListChecks size={14} aria-hidden />
        {say("status.jobs", { count: running.length })}
        {first !== undefined && first.progress !== null && (
          <span>
            {say("status.jobRunning", {
              title: say(first.title),
              percent: Math.round(first.progress * 100),
            })}
          </span>
        )}
      </Button>
      <Popover className={overlay.popover ?? ""} placement="top end" offset={4}>
        <Dialog aria-label={say("jobs.title")} className={styles.jobsDialog ?? ""}>
          <JobList jobs={jobs} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
