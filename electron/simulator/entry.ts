import { cameraFace } from "./control/camera-face.ts";
import type { ReadyLine } from "./control/control-protocol.ts";
import { ControlServer } from "./control/control-server.ts";
import { readArguments } from "./entry-options.ts";
import { startSite } from "./site.ts";

/**
 * The simulator as a process of its own: `node simulator.js --cameras=9 --scenes=DIR`.
 *
 * Prints one line of JSON (`ReadyLine`) when every camera listens, and one line of words on stderr when it cannot.
 * Ends on SIGTERM, on `POST /stop`, and when whoever started it is gone: its stdin closes, or Electron ends it.
 */
async function run(): Promise<void> {
  const site = await startSite(readArguments(process.argv.slice(2)), { remark: say });
  let ending: Promise<void> | undefined;
  const control = new ControlServer({
    site,
    onStop: () => setTimeout(end, 20),
    onError: (error) => say(String(error)),
  });
  const address = await control.start();

  function end(): void {
    ending ??= Promise.all([control.stop(), site.stop()]).then(
      () => process.exit(0),
      (error: unknown) => {
        say(String(error));
        process.exit(1);
      },
    );
  }
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  // A utility process of Electron has a port to its parent and no stdin of its own; it ends with its parent.
  if (!("parentPort" in process) || process.parentPort === undefined) {
    process.stdin.on("end", end).on("close", end).on("error", end).resume();
  }

  const cameras = site.cameras.map(cameraFace);
  const ready: ReadyLine = {
    ready: true,
    control: address,
    token: control.token,
    cameras,
    remarks: [...site.remarks],
  };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

run().catch((error: unknown) => {
  say(`the simulated site cannot start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
