import { systemClock } from "../../shared/base/clock.ts";
import { KeyDecoder, webCodecs } from "./key-decoder.ts";
import type { PictureOrder } from "./picture-work.ts";
import { jpegOf, PictureWorkshop } from "./picture-workshop.ts";

/** Entry of the worker in which keyframes become pictures. Nothing else is in it. */
const workshop = new PictureWorkshop({
  decoder: new KeyDecoder({ clock: systemClock, codecs: webCodecs }),
  shrink: jpegOf,
  answer: (answer) => globalThis.postMessage(answer),
});
globalThis.addEventListener("message", (event: MessageEvent<PictureOrder>) => workshop.receive(event.data));
