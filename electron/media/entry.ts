import type { MessagePortMain, ParentPort } from "electron";
import { systemClock } from "../../shared/base/clock.ts";
import { MediaCommand } from "../../shared/contract/media-port.ts";
import { MediaProcess } from "./media-process.ts";
import type { WindowPort } from "./window-link.ts";

/** The media utility process: wires Electron's ports to `MediaProcess`, nothing else. */
function run(parent: ParentPort): void {
  const media = new MediaProcess({
    clock: systemClock,
    report: (report) => {
      parent.postMessage(report);
      if (report.type === "stopped") process.exit(0);
    },
  });
  parent.on("message", ({ data, ports }) => {
    const [port] = ports;
    const command = port && MediaCommand.safeParse(data).data;
    if (port && command?.type === "attach-window") {
      const { windowId } = command;
      const own = windowPort(port);
      media.receive(data, own);
      port.on("message", (event) => media.receiveFromWindow(windowId, event.data));
      port.on("close", () => media.windowClosed(windowId, own));
      port.start();
      return;
    }
    media.receive(data);
  });
  media.start();
}

function windowPort(port: MessagePortMain): WindowPort {
  return { post: (message) => port.postMessage(message), close: () => port.close() };
}

run(process.parentPort);
