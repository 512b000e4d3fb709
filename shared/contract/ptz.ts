import { oc } from "@orpc/contract";
import { z } from "zod";
import { ChannelId } from "../base/ids.ts";
import { FailureReason } from "../model/device.ts";

/** A move that its window does not renew within this time is stopped by main. */
export const ptzRenewMs = 1_000;

const speed = z.number().min(-1).max(1);

/** A stored position of a moving camera. */
export const PtzPreset = z.strictObject({
  /** The camera's own word, exactly as sent. */
  token: z.string().min(1).max(256),
  /** Empty when the camera gives none. */
  name: z.string().max(128),
});
export type PtzPreset = z.infer<typeof PtzPreset>;

const channel = z.strictObject({ channelId: ChannelId });

const call = oc.errors({
  NOT_FOUND: {},
  /** The camera has no moving head. */
  NOT_MOVABLE: {},
  FAILED: { data: z.strictObject({ reason: FailureReason, detail: z.string() }) },
});

export const ptz = {
  /** Moves at these speeds; right, up and closer are positive. Must be renewed, see `ptzRenewMs`. */
  move: call.input(channel.extend({ pan: speed, tilt: speed, zoom: speed })).output(z.null()),
  /** Stops whoever moves it. Answers when the camera has heard; main repeats it until then. */
  stop: call.input(channel).output(z.null()),
  presets: call.input(channel).output(z.array(PtzPreset)),
  goTo: call.input(channel.extend({ token: PtzPreset.shape.token })).output(z.null()),
  home: call.input(channel).output(z.null()),
};
