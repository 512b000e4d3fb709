import { z } from "zod";
import { RawEventShape } from "../events/raw-event.ts";
import { Fault, type FaultKind } from "../fault.ts";
import { eventNames } from "../site-api.ts";

const waitMs = z.int().min(0).max(600_000);
const eventName = z.enum(eventNames);
const source = z.string().min(1).max(64).optional();
const faultKinds = Fault.options.map((option) => option.shape.kind.value);
const faultKind = z.custom<FaultKind>(
  (value) => faultKinds.some((kind) => kind === value),
  "no such kind of fault",
);

const Reboot = z.strictObject({
  newAddress: z.union([z.ipv4(), z.literal("next")]).optional(),
  downMs: waitMs.optional(),
  abrupt: z.boolean().optional(),
});

const afterMs = waitMs;
const Step = z.union([
  z.strictObject({ afterMs, raise: eventName, active: z.boolean().optional(), source }),
  z.strictObject({ afterMs, event: RawEventShape }),
  z.strictObject({ afterMs, setFault: Fault }),
  z.strictObject({ afterMs, clearFault: faultKind }),
  z.strictObject({ afterMs, skewClockMs: z.int() }),
  z.strictObject({ afterMs, reboot: Reboot }),
]);

/** One thing to do to one camera: the body of `POST /cameras/ID`. */
export const CameraCommand = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("set-fault"), fault: Fault }),
  z.strictObject({ do: z.literal("clear-fault"), kind: faultKind }),
  z.strictObject({ do: z.literal("clear-faults") }),
  z.strictObject({ do: z.literal("raise"), event: eventName, active: z.boolean().optional(), source }),
  z.strictObject({ do: z.literal("raise-raw"), event: RawEventShape }),
  z.strictObject({ do: z.literal("skew-clock"), byMs: z.int().min(-1e13).max(1e13) }),
  /** Answered when the reboot began, not when it is over. */
  z.strictObject({ do: z.literal("reboot"), ...Reboot.shape }),
  z.strictObject({ do: z.literal("power-off") }),
  z.strictObject({ do: z.literal("start") }),
  z.strictObject({ do: z.literal("stop") }),
  z.strictObject({ do: z.literal("set-password"), password: z.string().max(128) }),
  z.strictObject({ do: z.literal("reset-counts") }),
  /** Answered at once; the steps run on. */
  z.strictObject({ do: z.literal("play"), script: z.array(Step).max(10_000) }),
]);
export type CameraCommand = z.infer<typeof CameraCommand>;
/** What callers write: fields with defaults may be left out. */
export type CameraCommandInput = z.input<typeof CameraCommand>;

/** A camera as control tells it. */
export const CameraFace = z.strictObject({
  id: z.string(),
  name: z.string(),
  scene: z.string(),
  host: z.string(),
  httpPort: z.int(),
  rtspPort: z.int(),
  username: z.string(),
  endpointReference: z.string(),
  mac: z.string(),
  serial: z.string(),
  maker: z.string(),
  model: z.string(),
  firmware: z.string(),
  auth: z.string(),
  deviceUrl: z.string(),
  mainUri: z.string(),
  subUri: z.string(),
  state: z.enum(["on", "off", "rebooting"]),
  now: z.int(),
  faults: z.array(z.looseObject({ kind: z.string() })),
});
export type CameraFace = z.infer<typeof CameraFace>;

/** The one line the simulator process prints when every camera listens. */
export const ReadyLine = z.strictObject({
  ready: z.literal(true),
  /** `http://127.0.0.1:PORT` */
  control: z.string(),
  /** To be sent as `Authorization: Bearer …`. */
  token: z.string(),
  cameras: z.array(CameraFace),
  remarks: z.array(z.string()),
});
export type ReadyLine = z.infer<typeof ReadyLine>;
