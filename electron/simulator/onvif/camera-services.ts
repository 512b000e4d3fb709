import type { DeviceModel } from "../device-model.ts";
import { eventsService } from "../events/events-service.ts";
import { replayService } from "../card/replay-service.ts";
import { searchService } from "../card/search-service.ts";
import { deviceService } from "./device-service.ts";
import { deviceIoService } from "./deviceio-service.ts";
import { imagingService } from "./imaging-service.ts";
import { media2Service } from "./media2-service.ts";
import { mediaService } from "./media-service.ts";
import type { OnvifService } from "./operation.ts";
import { ptzService } from "./ptz-service.ts";

/** The services this camera has: Media2 unless told otherwise, PTZ with a head only, Search and Replay with a card. */
export function cameraServices(device: DeviceModel): readonly OnvifService[] {
  const { spec, ptz, card } = device.parts;
  const services: OnvifService[] = [];
  services.push(
    deviceService(() => services),
    mediaService,
  );
  if (spec.media2 !== false) services.push(media2Service);
  services.push(eventsService);
  if (ptz !== undefined) services.push(ptzService);
  services.push(imagingService, deviceIoService);
  if (card !== undefined) services.push(searchService(card), replayService);
  return services;
}
