import type { RawEvent, ScriptStep } from "./site-api.ts";

/** What happens at one place of the demo site again and again. */
export interface DemoHappening {
  /** Name of the camera that sees it. */
  readonly place: string;
  /** After the start, ms. */
  readonly firstMs: number;
  /** From one beginning to the next, ms; longer than the script. */
  readonly everyMs: number;
  readonly script: readonly ScriptStep[];
}

/** The alarm of a door, as a door controller tells it (ONVIF Door Control). */
const doorAlarm = (state: "DoorOpenTooLong" | "Normal"): RawEvent => ({
  topic: "tns1:Door/State/DoorAlarm",
  source: { DoorToken: "Door_1" },
  data: { State: state },
  property: true,
});

/**
 * A day at the demo site, in minutes: somebody at the fence, a delivery at the gate, a door that is held open, a
 * picture that somebody covers. Periods have no common beat, so that the same things do not always meet.
 */
export const demoDay: readonly DemoHappening[] = [
  {
    place: "Perimeter",
    firstMs: 25_000,
    everyMs: 90_000,
    script: [
      { afterMs: 0, raise: "line-crossing" },
      { afterMs: 1_500, raise: "intrusion", active: true },
      { afterMs: 14_000, raise: "intrusion", active: false },
    ],
  },
  {
    place: "Gate",
    firstMs: 12_000,
    everyMs: 47_000,
    script: [
      { afterMs: 0, raise: "digital-input", active: true },
      { afterMs: 4_000, raise: "digital-input", active: false },
    ],
  },
  {
    place: "Back gate",
    firstMs: 70_000,
    everyMs: 310_000,
    script: [
      { afterMs: 0, event: doorAlarm("DoorOpenTooLong") },
      { afterMs: 35_000, event: doorAlarm("Normal") },
    ],
  },
  {
    place: "Server room",
    firstMs: 150_000,
    everyMs: 430_000,
    script: [
      { afterMs: 0, raise: "tamper", active: true },
      { afterMs: 12_000, raise: "tamper", active: false },
    ],
  },
];
