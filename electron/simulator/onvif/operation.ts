import type { UserAccount } from "../auth/user-accounts.ts";
import type { DeviceModel } from "../device-model.ts";
import type { XmlElement } from "../xml/read-xml.ts";
import type { Xml } from "../xml/write-xml.ts";

/** Who may call: anybody, any user, operators, administrators (ONVIF core, access classes). */
export type Access = "open" | "user" | "operator" | "administrator";

/** A request that was let in. */
export interface Call {
  readonly device: DeviceModel;
  readonly body: XmlElement;
  /** Who asks; undefined where no login was needed. */
  readonly account: UserAccount | undefined;
  /** HTTP path; pull points have one each. */
  readonly path: string;
  /** Aborts when the caller hangs up or the camera stops. */
  readonly signal: AbortSignal;
}

export interface Operation {
  readonly access: Access;
  /** Changes the device and answers without a result: what `silent-setter` and `setter-needs-reboot` bend. */
  readonly isSetter: boolean;
  /** The whole body element of the reply; undefined for the usual empty one. */
  readonly run: (call: Call) => Xml | undefined | Promise<Xml | undefined>;
}

/** One ONVIF service of a device. */
export interface OnvifService {
  /** As counters name it: `device`, `media2`. */
  readonly name: string;
  readonly prefix: string;
  readonly namespace: string;
  readonly path: string;
  readonly version: { readonly major: number; readonly minor: number };
  readonly operations: ReadonlyMap<string, Operation>;
}

type Run = Operation["run"];

/** Answers anybody. */
export const open = (run: Run): Operation => ({ access: "open", isSetter: false, run });
/** Answers any user. */
export const forUsers = (run: Run): Operation => ({ access: "user", isSetter: false, run });
/** Acts for operators: moves, relays, presets. */
export const forOperators = (run: Run): Operation => ({ access: "operator", isSetter: false, run });
/** Acts for administrators and has a result. */
export const forAdministrators = (run: Run): Operation => ({ access: "administrator", isSetter: false, run });

/** Changes a setting; its reply says nothing unless it says RebootNeeded. */
export function setting(apply: (call: Call) => Xml | void, access: Access = "administrator"): Operation {
  return { access, isSetter: true, run: (call) => apply(call) ?? undefined };
}
