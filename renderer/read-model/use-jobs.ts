import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Job } from "../../shared/model/job.ts";
import { useConsole } from "./console-context.tsx";
import { useFeed } from "./use-feed.ts";

/** The session's jobs, running ones first, then the newest. */
export function useJobs(): readonly Job[] {
  const { queries } = useConsole();
  const { data } = useQuery(queries.jobs.list.queryOptions());
  return sortJobs(data ?? []);
}

const rank = (job: Job): number => (job.endedAt === null ? 0 : 1);

/** Running before ended, then newest first. */
export function sortJobs(jobs: readonly Job[]): readonly Job[] {
  return jobs.toSorted((a, b) => rank(a) - rank(b) || b.startedAt - a.startedAt);
}

/** A list with one job put in its place. */
export function withJob(jobs: readonly Job[], job: Job): Job[] {
  return [...jobs.filter((known) => known.id !== job.id), job];
}

/** Keeps the job list up to date; the frame mounts it once. */
export function useJobFeed(onEnded: (job: Job) => void): void {
  const { client, queries } = useConsole();
  const cache = useQueryClient();
  const queryKey = queries.jobs.list.queryKey();
  useFeed({
    open: (signal) => client.jobs.changed(undefined, { signal }),
    onValue: (job) => {
      cache.setQueryData(queryKey, (jobs) => withJob(jobs ?? [], job));
      if (job.endedAt !== null) onEnded(job);
    },
    onOpen: () => void cache.invalidateQueries({ queryKey: queries.jobs.list.key() }),
  });
}
