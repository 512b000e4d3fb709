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
  const watchfloor = new App(flags);
  let isStopped = false;
  const stop = async (): Promise<void> => {
    const timer = setTimeout(() => app.exit(1), stopWithinMs);
    await watchfloor.stop();
    clearTimeout(timer);
    isStopped = true;
    app.quit();
  };
  app.on("second-instance", () => watchfloor.focus());
  app.on("activate", () => watchfloor.focus());
  app.on("window-all-closed", () => app.quit());
  app.on("before-quit", (event) => {
    if (isStopped) return;
    event.preventDefault();
    void stop();
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => app.quit());
  void app.whenReady().then(async () => {
    const isRunning = await watchfloor.start();
    if (!isRunning) app.exit(1);
  });
} else {
  app.exit(0);
}
