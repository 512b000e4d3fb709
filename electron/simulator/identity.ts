import { createHash } from "node:crypto";
import type { CameraSpec } from "./site-options.ts";

/** What makes a simulated camera itself, exactly as it tells it. */
export interface CameraIdentity {
  readonly maker: string;
  readonly model: string;
  readonly firmware: string;
  readonly hardwareId: string;
  readonly serial: string;
  readonly mac: string;
  /** `urn:uuid:…` */
  readonly endpointReference: string;
}

/** The identity of camera number `index` (0 = first) of a seeded site: the same each time it is asked. */
export function cameraIdentity(seed: string, index: number, spec: CameraSpec): CameraIdentity {
  const digest = createHash("sha256")
    .update(`${seed}/${String(index)}`)
    .digest("hex");
  return {
    maker: spec.maker ?? "Example",
    model: spec.model ?? "EX-1000",
    firmware: spec.firmware ?? "1.10",
    hardwareId: spec.hardwareId ?? "1.0",
    serial: spec.serial ?? serialFrom(seed, index),
    mac: spec.mac ?? macFrom(seed, index),
    endpointReference: spec.endpointReference ?? `urn:uuid:${uuidFrom(digest)}`,
  };
}

/** Locally administered (02:…), unique within a site, different between sites. */
function macFrom(seed: string, index: number): string {
  const site = createHash("sha256").update(seed).digest("hex");
  const number = (index + 1).toString(16).padStart(4, "0");
  return [
    "02",
    site.slice(0, 2),
    site.slice(2, 4),
    site.slice(4, 6),
    number.slice(0, 2),
    number.slice(2),
  ].join(":");
}

/** 18 digits: more than a JavaScript number holds, so that whoever makes one of it is found out. */
function serialFrom(seed: string, index: number): string {
  const site = createHash("sha256").update(seed).digest().readUInt32BE(4) % 100_000_000;
  return `2026${String(site).padStart(8, "0")}${String(index + 1).padStart(6, "0")}`;
}

function uuidFrom(hex: string): string {
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  const groups = [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`];
  return [...groups, `${variant}${hex.slice(17, 20)}`, hex.slice(20, 32)].join("-");
}
