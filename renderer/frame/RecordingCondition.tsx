import { StateMark } from "../design/StateMark.tsx";
import { StatusItem } from "../design/StatusBar.tsx";
import { useSay } from "../messages/messages-context.tsx";
import { useRecordingStatus } from "../read-model/use-recording-status.ts";

/** How many cameras are recorded, and how long the disk lasts; nothing before there is a camera. */
export function RecordingCondition() {
  const say = useSay();
  const status = useRecordingStatus();
  if (status === undefined || status.channels.length === 0) return null;
  const { storage, channels } = status;
  const wanted = channels.filter(({ state }) => state !== "off").length;
  const count = channels.filter(({ state }) => state === "recording").length;
  const armed = channels.filter(({ state }) => state === "armed").length;
  if (storage.state === "off" || wanted === 0) {
    return (
      <StatusItem>
        <StateMark severity="warning">{say("status.recordingOff")}</StateMark>
      </StatusItem>
    );
  }
  const days = storage.daysHeld === null ? null : Math.floor(storage.daysHeld);
  return (
    <StatusItem>
      <StateMark severity={count + armed < wanted ? "warning" : "normal"}>
        {say("status.recording", { count, all: channels.length })}
      </StateMark>
      {armed > 0 && <span>{say("status.recordingArmed", { count: armed })}</span>}
      {storage.state === "no-space" && (
        <StateMark severity="serious">{say("status.recordingNoSpace")}</StateMark>
      )}
      {storage.state === "failed" && (
        <StateMark severity="serious">{say("status.recordingFailed")}</StateMark>
      )}
      {storage.state === "recording" && days !== null && (
        <span>{say("status.recordingHolds", { days })}</span>
      )}
    </StatusItem>
  );
}
