import path from "node:path";
import { app } from "electron";
import { App } from "./app.ts";
import { parseFlags } from "./flags.ts";
import { declareAppScheme } from "./platform/app-scheme.ts";

const flags = parseFlags(process.argv);
if (flags.userDataDir !== undefined) app.setPath("userData", path.resolve(flags.userDataDir));
declareAppScheme();

/** Everything must have stopped by then; what has not is cut off. */
const stopWithinMs = 5_000;

if (app.requestSingleInstanceLock()) {
  let isStopping = false;
  let exitCode = 0;
  const quit = (code: number): void => {
    exitCode = code;
    app.quit();
  };
  const watchfloor = new App(flags, quit);
  const stop = async (): Promise<void> => {
    const timer = setTimeout(() => app.exit(1), stopWithinMs);
    await watchfloor.stop();
    clearTimeout(timer);
    app.exit(exitCode);
  };
  app.on("second-instance", () => watchfloor.focus());
  app.on("activate", () => watchfloor.focus());
  app.on("window-all-closed", () => app.quit());
  app.on("before-quit", (event) => {
    event.preventDefault();
    if (isStopping) return;
    isStopping = true;
    void stop();
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => app.quit());
  const start = async (): Promise<void> => {
    await app.whenReady();
    if (!(await watchfloor.start())) quit(1);
  };
  start().catch((error: unknown) => {
    process.stderr.write(
      `Watchfloor cannot start: ${error instanceof Error ? error.stack : String(error)}\n`,
    );
    quit(1);
  });
} else {
  app.exit(0);
}
