import type { EventType } from "../../../shared/model/event.ts";

/** What a topic is, and where it says whether it began or ended. */
export interface EventKind {
  readonly type: EventType;
  /** Data items that carry the state, the first that is there counts; absent: whichever looks like one. */
  readonly items?: readonly string[];
  /** Types by the value of the state, for topics that mean several things; `null` is the rest position. */
  readonly byValue?: Readonly<Record<string, EventType | null>>;
}

const kind = (type: EventType, ...items: readonly string[]): EventKind => ({ type, items });

/**
 * ONVIF topics by their path, and what makers hang below ONVIF's own nodes (design: `onvif-topics.tsv` and the
 * variants of openvideolibs/onvif-parsers). An entry that ends in a slash stands for everything below it; the longest wins.
 */
const onvifKinds: Readonly<Record<string, EventKind>> = {
  "VideoSource/MotionAlarm": kind("motion", "State"),
  "RuleEngine/CellMotionDetector/Motion": kind("motion", "IsMotion", "State"),
  "RuleEngine/MotionRegionDetector/Motion": kind("motion", "State"),
  "RuleEngine/MotionDetector/Detection": kind("motion", "Detected", "State"),
  "RuleEngine/FieldDetector/ObjectsInside": kind("intrusion", "IsInside", "State"),
  "RuleEngine/CellMotionDetector/Intrusion": kind("intrusion", "IsIntrusion", "State"),
  "RuleEngine/LineDetector/Crossed": kind("line-crossed"),
  "RuleEngine/CellMotionDetector/LineCross": kind("line-crossed", "IsLineCross", "State"),
  "RuleEngine/LineDetector/Crossing": kind("line-crossed", "State"),
  "RuleEngine/LoiteringDetector/ObjectIsLoitering": kind("loitering", "State"),
  "RuleEngine/ObjectAbandoned": kind("object-left", "State"),
  "RuleEngine/AbandonedObjectDetector/": kind("object-left", "State"),
  "RuleEngine/LeftObjectDetector/": kind("object-left", "State"),
  "RuleEngine/ObjectRemoved": kind("object-removed", "State"),
  "RuleEngine/RemovedObjectDetector/": kind("object-removed", "State"),
  "RuleEngine/MyRuleDetector/PeopleDetect": kind("person", "State"),
  "RuleEngine/MyRuleDetector/VehicleDetect": kind("vehicle", "State"),
  "RuleEngine/MyRuleDetector/DogCatDetect": kind("animal", "State"),
  "RuleEngine/MyRuleDetector/FaceDetect": kind("face", "State"),
  "RuleEngine/MyRuleDetector/Package": kind("package", "State"),
  "RuleEngine/MyRuleDetector/Visitor": kind("visitor", "State"),
  "RuleEngine/PeopleDetector/People": kind("person", "IsPeople", "State"),
  "RuleEngine/CellMotionDetector/People": kind("person", "IsPeople", "State"),
  "RuleEngine/TPSmartEventDetector/TPSmartEvent": kind("object"),
  "RuleEngine/CellMotionDetector/TpSmartEvent": kind("object"),
  "UserAlarm/IVA/HumanShapeDetect": kind("person", "State"),
  "RuleEngine/ObjectDetection/Object": kind("object", "State"),
  "RuleEngine/Recognition/LicensePlate": kind("plate"),
  "RuleEngine/Recognition/Face": kind("face"),
  "RuleEngine/CountAggregation/": kind("counting"),
  "RuleEngine/TamperDetector/Tamper": kind("tamper", "State", "IsTamper"),
  "RuleEngine/CellMotionDetector/Tamper": kind("tamper", "IsTamper", "State"),
  "VideoSource/GlobalSceneChange/": kind("tamper", "State"),
  "VideoSource/ImageTooDark/": kind("image-quality", "State"),
  "VideoSource/ImageTooBright/": kind("image-quality", "State"),
  "VideoSource/ImageTooBlurry/": kind("image-quality", "State"),
  "VideoSource/ImpairedVisibility": kind("image-quality", "State"),
  "VideoSource/SignalLoss": kind("video-loss", "State"),
  "VideoSource/RadiometryAlarm": kind("environment"),
  "VideoDecoder/DecodingError": kind("hardware"),
  "VideoOutput/": kind("configuration"),
  "AudioAnalytics/Audio/DetectedSound": kind("sound", "isSoundDetected", "IsSoundDetected", "State"),
  "RuleEngine/AudioDetector/Class": kind("sound"),
  "Device/Trigger/DigitalInput": kind("digital-input", "LogicalState", "State"),
  "Device/Trigger/AlarmIn": kind("digital-input", "State", "LogicalState"),
  "Device/Trigger/Relay": kind("relay", "LogicalState", "State"),
  "Device/HardwareFailure/": kind("hardware", "Failed", "Critical", "State"),
  "Device/Sensor/": kind("environment"),
  "Device/SecurityPolicy/": kind("security"),
  "Advancedsecurity/": kind("security"),
  "Monitoring/": kind("monitoring"),
  "Monitoring/AreaOfOperation/": kind("security", "Status"),
  "Monitoring/EnvironmentalConditions/": kind("environment"),
  "Monitoring/Washer/": kind("hardware", "IsLow"),
  "RecordingConfig/": kind("recording"),
  "RecordingConfig/JobState": kind("recording", "State"),
  "RecordingHistory/Recording/State": kind("recording", "IsRecording"),
  "RecordingHistory/Track/State": kind("recording", "IsDataPresent"),
  "RecordingHistory/": kind("recording"),
  "PTZController/": kind("ptz"),
  "Media/": kind("configuration"),
  "Configuration/": kind("configuration"),
  "Schedule/": kind("configuration", "Active"),
  "Credential/": kind("configuration"),
  "ActionEngine/": kind("device-event"),
  "Resource/": kind("monitoring", "Offline"),
  "EventBuffer/": kind("monitoring"),
  "AccessControl/AccessGranted/": kind("access-granted"),
  "AccessControl/AccessTaken/": kind("access-granted"),
  "AccessControl/AccessNotTaken/": kind("access-not-taken"),
  "AccessControl/Denied/": kind("access-denied"),
  "AccessControl/Duress": kind("duress"),
  "AccessControl/Request/": kind("access-request"),
  "AccessPoint/State/": kind("access-point", "State"),
  "Door/State/DoorMode": kind("door-mode", "State"),
  "Door/State/DoorPhysicalState": {
    type: "door",
    items: ["State"],
    byValue: { open: "door", closed: null, fault: "door-fault" },
  },
  "Door/State/LockPhysicalState": {
    type: "door-lock",
    items: ["State"],
    byValue: { unlocked: "door-lock", locked: null, fault: "door-fault" },
  },
  "Door/State/DoubleLockPhysicalState": {
    type: "door-lock",
    items: ["State"],
    byValue: { unlocked: "door-lock", locked: null, fault: "door-fault" },
  },
  "Door/State/DoorAlarm": {
    type: "door-forced",
    items: ["State"],
    byValue: { normal: null, doorforcedopen: "door-forced", dooropentoolong: "door-held" },
  },
  "Door/State/DoorTamper": {
    type: "door-tamper",
    items: ["State"],
    byValue: { notintamper: null, tamperdetected: "door-tamper" },
  },
  "Door/State/DoorFault": {
    type: "door-fault",
    items: ["State"],
    byValue: { notinfault: null, faultdetected: "door-fault" },
  },
};

/** Topics of makers' own trees, by owner and path. */
const vendorKinds: Readonly<Record<string, EventKind>> = {
  "axis:VideoSource/MotionDetection": kind("motion", "motion", "active", "State"),
  "axis:VideoSource/Tampering": kind("tamper", "tampering", "active"),
  "axis:VideoSource/DayNightVision": kind("monitoring", "day"),
  "axis:VideoSource/LiveStreamAccessed": kind("monitoring", "accessed"),
  "axis:Device/IO/Port": kind("digital-input", "state"),
  "axis:Device/IO/VirtualPort": kind("digital-input", "state"),
  "axis:CameraApplicationPlatform/": kind("object", "active"),
  "axis:AudioSource/TriggerLevel": kind("sound", "triggered"),
  "hikvision:VideoSource/MotionAlarm": kind("motion", "State"),
};

/** What a topic of that owner and path is; undefined: nobody here knows it. */
export function findKind(owner: string, path: string): EventKind | undefined {
  if (owner === "onvif" || /^\{.*ajax/iu.test(owner)) {
    const found = longest(onvifKinds, path);
    if (found !== undefined) return found;
  }
  return longest(vendorKinds, `${owner}:${path}`);
}

function longest(kinds: Readonly<Record<string, EventKind>>, path: string): EventKind | undefined {
  if (Object.hasOwn(kinds, path)) return kinds[path];
  const steps = path.split("/");
  for (let length = steps.length - 1; length > 0; length -= 1) {
    const node = `${steps.slice(0, length).join("/")}/`;
    if (Object.hasOwn(kinds, node)) return kinds[node];
  }
  return undefined;
}
