import type { EventName, RaiseOptions, RawEvent } from "../site-api.ts";

interface EventShape {
  readonly topic: string;
  /** Name of the source item that carries the token. */
  readonly sourceItem: string;
  /** Token when the caller names none. */
  readonly token: string;
  readonly moreSource?: Readonly<Record<string, string>>;
  /** Name of the Data item with the state and its two values; one-shot events have none. */
  readonly state?: readonly [item: string, begun: string, ended: string];
  readonly data?: Readonly<Record<string, string>>;
}

const source = { sourceItem: "Source", token: "VideoSource_1" } as const;
const rule = { sourceItem: "VideoSourceConfigurationToken", token: "VideoSourceConfig_1" } as const;
const failed = ["Failed", "true", "false"] as const;

/** Topics and items as the ONVIF specifications name them (design/onvif.md, topic table). */
const shapes: Readonly<Record<EventName, EventShape>> = {
  motion: { ...source, topic: "tns1:VideoSource/MotionAlarm", state: ["State", "true", "false"] },
  "cell-motion": {
    ...rule,
    topic: "tns1:RuleEngine/CellMotionDetector/Motion",
    moreSource: { VideoAnalyticsConfigurationToken: "Analytics_1", Rule: "MyMotionDetectorRule" },
    state: ["IsMotion", "true", "false"],
  },
  tamper: {
    ...source,
    topic: "tns1:VideoSource/GlobalSceneChange/ImagingService",
    state: ["State", "true", "false"],
  },
  intrusion: {
    ...rule,
    topic: "tns1:RuleEngine/FieldDetector/ObjectsInside",
    moreSource: { VideoAnalyticsConfigurationToken: "Analytics_1", Rule: "MyFieldDetector1" },
    state: ["IsInside", "true", "false"],
  },
  "line-crossing": {
    ...rule,
    topic: "tns1:RuleEngine/LineDetector/Crossed",
    moreSource: { VideoAnalyticsConfigurationToken: "Analytics_1", Rule: "MyLineDetector1" },
    data: { ObjectId: "15" },
  },
  loitering: {
    ...rule,
    topic: "tns1:RuleEngine/LoiteringDetector/ObjectIsLoitering",
    moreSource: { VideoAnalyticsConfigurationToken: "Analytics_1", Rule: "MyLoiteringDetector1" },
    data: { ObjectId: "16" },
  },
  "signal-loss": { ...source, topic: "tns1:VideoSource/SignalLoss", state: ["State", "true", "false"] },
  "too-dark": {
    ...source,
    topic: "tns1:VideoSource/ImageTooDark/ImagingService",
    state: ["State", "true", "false"],
  },
  "too-blurry": {
    ...source,
    topic: "tns1:VideoSource/ImageTooBlurry/ImagingService",
    state: ["State", "true", "false"],
  },
  sound: {
    topic: "tns1:AudioAnalytics/Audio/DetectedSound",
    sourceItem: "AudioSourceConfigurationToken",
    token: "AudioSourceConfig_1",
    moreSource: { AudioAnalyticsConfigurationToken: "AudioAnalytics_1", Rule: "MyAudioDetector1" },
    state: ["isSoundDetected", "true", "false"],
  },
  "digital-input": {
    topic: "tns1:Device/Trigger/DigitalInput",
    sourceItem: "InputToken",
    token: "Input_1",
    state: ["LogicalState", "true", "false"],
  },
  relay: {
    topic: "tns1:Device/Trigger/Relay",
    sourceItem: "RelayToken",
    token: "Relay_1",
    state: ["LogicalState", "active", "inactive"],
  },
  "storage-failure": {
    topic: "tns1:Device/HardwareFailure/StorageFailure",
    sourceItem: "Token",
    token: "SD_1",
    state: failed,
  },
  "fan-failure": {
    topic: "tns1:Device/HardwareFailure/FanFailure",
    sourceItem: "Token",
    token: "Fan_1",
    state: failed,
  },
  "too-hot": {
    topic: "tns1:Device/HardwareFailure/TemperatureCritical",
    sourceItem: "Token",
    token: "Sensor_1",
    state: ["Critical", "true", "false"],
  },
  "login-refused": {
    topic: "tns1:Device/SecurityPolicy/AuthFailed",
    sourceItem: "NetworkInterface",
    token: "eth0",
  },
  plate: {
    ...rule,
    topic: "tns1:RuleEngine/Recognition/LicensePlate",
    moreSource: { Rule: "MyPlateReader1" },
    data: { Likelihood: "0.92", PlateNumber: "WF 1234" },
  },
};

/** The ONVIF event that cameras send for a thing of that plain name. */
export function namedEvent(name: EventName, options: RaiseOptions = {}): RawEvent {
  const shape = shapes[name];
  const { active = true } = options;
  const state =
    shape.state === undefined ? {} : { [shape.state[0]]: active ? shape.state[1] : shape.state[2] };
  return {
    topic: shape.topic,
    source: { [shape.sourceItem]: options.source ?? shape.token, ...shape.moreSource },
    data: { ...state, ...shape.data, ...options.data },
    property: shape.state !== undefined,
  };
}

/** True when the event says that a state ended: what a camera that never stops motion swallows. */
export function endsState(event: RawEvent): boolean {
  if (event.property !== true) return false;
  return Object.values(event.data ?? {}).some((value) => value === "false" || value === "inactive");
}
