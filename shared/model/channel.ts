import { z } from "zod";
import { ChannelId, DeviceId } from "../base/ids.ts";
import { Stream } from "./stream.ts";

export const ChannelName = z.string().trim().min(1).max(64);
/** The number an operator types to call the camera. */
export const ChannelNumber = z.int().min(1).max(99_999);

/** One video source of a device: a camera has one, an encoder several. */
export const Channel = z.strictObject({
  id: ChannelId,
  deviceId: DeviceId,
  /** Call number; unique on the site. */
  number: ChannelNumber,
  name: ChannelName,
  sourceToken: z.string().max(256),
  ptz: z.boolean(),
  streams: z.array(Stream).max(32),
});
export type Channel = z.infer<typeof Channel>;
