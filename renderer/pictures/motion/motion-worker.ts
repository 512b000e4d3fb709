import { systemClock } from "../../../shared/base/clock.ts";
import { KeyDecoder, webCodecs } from "../key-decoder.ts";
import { LumaReader } from "./luma-reader.ts";
import type { MotionOrder } from "./motion-work.ts";
import { MotionWorkshop } from "./motion-workshop.ts";

/** Entry of the worker of one motion search. Nothing else is in it. */
const reader = new LumaReader();
const workshop = new MotionWorkshop({
  decoder: new KeyDecoder({ clock: systemClock, codecs: webCodecs }),
  lumaOf: (frame) => reader.read(frame),
  answer: (answer) => globalThis.postMessage(answer),
});
globalThis.addEventListener("message", (event: MessageEvent<MotionOrder>) => workshop.receive(event.data));
