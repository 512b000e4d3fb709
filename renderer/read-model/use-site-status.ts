import { useState } from "react";
import type { SiteStatus } from "../../shared/contract/app.ts";
import { useConsole } from "./console-context.tsx";
import { useFeed } from "./use-feed.ts";

/** The cameras' condition over all windows; undefined until main has said it. */
export function useSiteStatus(): SiteStatus | undefined {
  const { client } = useConsole();
  const [status, setStatus] = useState<SiteStatus>();
  useFeed({ open: (signal) => client.app.status(undefined, { signal }), onValue: setStatus });
  return status;
}
