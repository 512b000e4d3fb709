/** Our side of the ingest benchmark: the media process with one low-latency viewer a camera. */
import { MediaProcess } from "../../../electron/media/media-process.ts";
import { systemClock } from "../../../shared/base/clock.ts";

const uris = process.argv.slice(2);
let fragments = 0;
const playing = new Set<number>();
const media = new MediaProcess({ clock: systemClock, report: () => undefined });
media.start();
media.receive(
  { type: "attach-window", windowId: 1 },
  {
    close: () => undefined,
    post: (message) => {
      if (message.type !== "fragment") return;
      fragments += 1;
      playing.add(message.subscription);
      const { subscription, sequence } = message;
      media.receiveFromWindow(1, { type: "appended", subscription, sequence });
    },
  },
);
for (const [subscription, uri] of uris.entries()) {
  const channelId = `camera-${subscription}`;
  const source = {
    channelId,
    role: "sub",
    uri,
    username: null,
    password: null,
    transport: "tcp",
    clockOffsetMs: 0,
  };
  media.receive({ type: "configure", source });
  media.receiveFromWindow(1, {
    type: "open",
    subscription,
    channelId,
    role: "sub",
    mode: "low-latency",
    audio: false,
  });
}
process.on("message", () => process.send?.({ fragments, playing: playing.size }));
process.on("disconnect", () => process.exit(0));
