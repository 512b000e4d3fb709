import { implement } from "@orpc/server";
import { feed } from "../../../shared/base/feed.ts";
import type { Result } from "../../../shared/base/result.ts";
import type { AppInfo } from "../../../shared/contract/app.ts";
import { contract } from "../../../shared/contract/index.ts";
import type { Log } from "../../../shared/model/log.ts";
import type { CallContext } from "../access/call-context.ts";
import type { NoticesService } from "./notices-service.ts";
import type { StatusService } from "./status-service.ts";
import { writeWholeFile } from "./written-file.ts";

export interface ConsoleHandlersDeps {
  readonly log: Log;
  readonly info: AppInfo;
  readonly notices: NoticesService;
  /** Shows a folder in the system's file browser; false when it could not. */
  readonly openFolder: (folder: string) => Promise<boolean>;
  readonly status: StatusService;
  /** Asks for a folder in the system's dialog; null: none was chosen. */
  readonly chooseFolder: (windowId: number, title: string, from: string) => Promise<string | null>;
  /** Asks where a file of this name goes in the system's dialog; null: nowhere. */
  readonly choosePlace: (windowId: number, name: string) => Promise<string | null>;
  /** Starts the simulated site; a failure is in plain words. */
  readonly startDemoSite: (cameras: number) => Promise<Result<number, string>>;
}

const calls = implement(contract.app).$context<CallContext>();

/** The console's own side of the contract. */
export const createConsoleHandlers = (deps: ConsoleHandlersDeps) =>
  calls.router({
    info: calls.info.handler(() => deps.info),
    openLogFolder: calls.openLogFolder.handler(async () => ({
      opened: await deps.openFolder(deps.info.logFolder),
    })),
    reportFault: calls.reportFault.handler(({ input, context }) => {
      const { severity, ...fault } = input;
      const fields = { windowId: context.windowId, ...fault };
      if (severity === "warning") deps.log.warn("trouble in a window", fields);
      else deps.log.error("fault in a window", fields);
      return null;
    }),
    notices: calls.notices.handler(({ signal }) =>
      feed(deps.notices.said, signal, { first: deps.notices.recent }),
    ),
    status: calls.status.handler(({ signal }) =>
      feed(deps.status.changed, signal, { first: [deps.status.current], latestOnly: true }),
    ),
    chooseFolder: calls.chooseFolder.handler(async ({ input, context }) => ({
      path: await deps.chooseFolder(context.windowId, input.title, input.from),
    })),
    saveFile: calls.saveFile.handler(async ({ input, context, errors }) => {
      const file = await deps.choosePlace(context.windowId, input.name);
      if (file === null) return { path: null };
      const written = await writeWholeFile(file, input.text);
      if (!written.ok) throw errors.NOT_SAVED({ data: { detail: written.error } });
      return { path: written.value };
    }),
    startDemoSite: calls.startDemoSite.handler(async ({ input, errors }) => {
      const started = await deps.startDemoSite(input.cameras);
      if (!started.ok) throw errors.UNAVAILABLE({ data: { detail: started.error } });
      return { cameras: started.value };
    }),
  });
