import { z } from "zod";
import { SoapError } from "../soap/soap-error.ts";
import { all, at, textAt, type XmlElement } from "../soap/xml.ts";
import { cleanLine } from "../ws-discovery/scopes.ts";

/** A position the head can be sent to. */
const Preset = z.strictObject({
  /** Exactly as sent: "01" stays "01". */
  token: z.string().min(1).max(256),
  /** For people; empty when the device gave none. */
  name: z.string().max(128),
});
export type Preset = z.infer<typeof Preset>;

const axis = z
  .string()
  .regex(/^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?\s*$/i)
  .transform(Number);
const Axis = axis.nullable().catch(null);

/** Where the head looks; null where the device does not tell. */
const Status = z.strictObject({
  pan: Axis,
  tilt: Axis,
  zoom: Axis,
  moving: z.boolean().nullable(),
});
export type PtzStatus = z.infer<typeof Status>;

/** A recorder was seen to list 300; beyond this nobody chooses from a menu. */
const maxPresets = 1_024;

/** GetPresetsResponse; entries without a usable token are left out, of two with one token the first stays. */
export function readPresets(reply: XmlElement): readonly Preset[] {
  const found = new Map<string, Preset>();
  for (const element of all(reply, "Preset")) {
    const read = Preset.safeParse({
      token: element.attributes.get("token"),
      name: cleanLine(textAt(element, "Name") ?? "", 128),
    });
    if (read.success && !found.has(read.data.token)) found.set(read.data.token, read.data);
    if (found.size === maxPresets) break;
  }
  return [...found.values()];
}

/** GetStatusResponse; what is missing or no number is null, never 0. */
export function readStatus(reply: XmlElement): PtzStatus {
  const status = at(reply, "PTZStatus");
  const panTilt = at(status, "Position", "PanTilt")?.attributes;
  const states = ["PanTilt", "Zoom"].flatMap((name) => textAt(status, "MoveStatus", name) ?? []);
  return Status.parse({
    pan: panTilt?.get("x") ?? null,
    tilt: panTilt?.get("y") ?? null,
    zoom: at(status, "Position", "Zoom")?.attributes.get("x") ?? null,
    moving: states.length === 0 ? null : states.includes("MOVING"),
  });
}

/** SetPresetResponse: the token the device gave. Throws `SoapError` when it gave none. */
export function readPresetToken(reply: XmlElement): string {
  const token = textAt(reply, "PresetToken") ?? "";
  if (token === "" || token.length > 256) {
    throw new SoapError({ reason: "garbage", words: "the device did not name the preset it kept" });
  }
  return token;
}
