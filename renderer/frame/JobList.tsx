import { X } from "lucide-react";
import type { Job } from "../../shared/model/job.ts";
import { IconButton } from "../design/IconButton.tsx";
import { ProgressBar } from "../design/ProgressBar.tsx";
import { StateMark } from "../design/StateMark.tsx";
import { duration } from "../messages/format.ts";
import { useSay } from "../messages/messages-context.tsx";
import { useConsole } from "../read-model/console-context.tsx";
import { describeJob } from "./describe-job.ts";
import { useNow } from "./use-now.ts";
import styles from "./frame.module.css";

/** The session's long work: what it does, how far it is, how to stop it. */
export function JobList({ jobs }: { readonly jobs: readonly Job[] }) {
  const say = useSay();
  if (jobs.length === 0) return <p className={styles.noJobs}>{say("jobs.empty")}</p>;
  return (
    <ul className={styles.jobs}>
      {jobs.map((job) => (
        <JobLine key={job.id} job={job} />
      ))}
    </ul>
  );
}

function JobLine({ job }: { readonly job: Job }) {
  const say = useSay();
  const { client } = useConsole();
  const now = useNow();
  const title = say(job.title);
  const { severity, words, remainingMs } = describeJob(job, now, say);
  return (
    <li className={styles.job}>
      <div className={styles.jobHead}>
        <strong>{title}</strong>
        <span className={styles.gap} />
        {remainingMs !== null && (
          <span className={styles.dim}>
            {say("jobs.remaining", { duration: duration(say, remainingMs) })}
          </span>
        )}
        {job.state === "running" && job.cancellable && (
          <IconButton
            size="small"
            icon={X}
            label={say("jobs.cancel", { title })}
            onPress={() => void client.jobs.cancel({ id: job.id })}
          />
        )}
      </div>
      {job.endedAt === null && <ProgressBar label={say("jobs.progress", { title })} value={job.progress} />}
      <span className={styles.jobStep}>
        <StateMark severity={severity}>{words}</StateMark>
      </span>
    </li>
  );
}
