import type { Device } from "../../../shared/model/device.ts";
import { Button } from "../../design/Button.tsx";
import { Facts } from "../../design/Facts.tsx";
import { Panel } from "../../design/Panel.tsx";
import { StateMark } from "../../design/StateMark.tsx";
import { Moment } from "../../frame/Moment.tsx";
import { useNow } from "../../frame/use-now.ts";
import { failureWords } from "../../messages/failure-words.ts";
import { clockOffset, duration } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useStreamStatuses } from "../../read-model/use-stream-statuses.ts";
import { ChannelForm } from "./ChannelForm.tsx";
import { ChannelPicture } from "./ChannelPicture.tsx";
import { deviceRows } from "./device-row.ts";
import { stateWords } from "./device-words.ts";
import { useDeviceActions } from "./use-device-actions.ts";
import styles from "./devices.module.css";

/** The picture, the state with its remedy, the call numbers and the identity. */
export function DetailOverview({ device }: { readonly device: Device }) {
  const say = useSay();
  const now = useNow();
  const [row] = deviceRows([device], useStreamStatuses());
  const { identity } = device;
  const channel = device.channels[0];
  const state = row === undefined ? null : stateWords(say, row, now);
  return (
    <div className={styles.stack}>
      {channel !== undefined && <ChannelPicture channel={channel} />}
      <Panel title={say("detail.state")}>
        {state !== null && <StateMark severity={state.severity}>{state.words}</StateMark>}
        <StateReason device={device} now={now} />
      </Panel>
      <Panel title={say("detail.channels")}>
        {device.channels.map((candidate) => (
          <ChannelForm key={candidate.id} channel={candidate} />
        ))}
      </Panel>
      <Panel title={say("detail.identity")}>
        <Facts
          facts={[
            { name: say("detail.maker"), value: identity.maker },
            { name: say("detail.model"), value: identity.model },
            { name: say("detail.firmware"), value: identity.firmware },
            { name: say("detail.serial"), value: identity.serial, face: "mono" },
            { name: say("detail.hardware"), value: identity.hardwareId },
            { name: say("detail.mac"), value: identity.mac, face: "mono" },
            { name: say("detail.endpoint"), value: identity.endpointReference, face: "mono" },
            {
              name: say("detail.clock"),
              value:
                device.clockOffsetMs === null
                  ? say("detail.clockUnknown")
                  : say("detail.clockExplained", { offset: clockOffset(say, device.clockOffsetMs) }),
            },
            {
              name: say("detail.adopted"),
              value: <Moment at={device.adoptedAt} clockOffsetMs={device.clockOffsetMs} />,
            },
            {
              name: say("detail.seen"),
              value: <Moment at={device.lastSeenAt} clockOffsetMs={device.clockOffsetMs} />,
            },
          ]}
        />
      </Panel>
    </div>
  );
}

function StateReason({ device, now }: { readonly device: Device; readonly now: number }) {
  const say = useSay();
  const actions = useDeviceActions();
  const { state } = device;
  if (state.kind !== "unreachable" && state.kind !== "degraded") return null;
  const words = failureWords[state.reason];
  const facts = [
    { name: say("detail.why"), value: say(words.cause) },
    { name: say("detail.todo"), value: say(words.remedy) },
    { name: say("detail.told"), value: state.detail, face: "mono" as const },
  ];
  if (state.kind === "degraded") return <Facts facts={facts} />;
  const next =
    state.retryAt === null
      ? say("detail.waitsForPerson")
      : state.retryAt - now < 1_000
        ? say("tile.tryingNow")
        : say("detail.nextTryIn", { duration: duration(say, state.retryAt - now) });
  return (
    <>
      <Facts facts={[...facts, { name: say("detail.nextTry"), value: next }]} />
      <div>
        <Button size="small" onPress={() => void actions.retry(device)}>
          {say("devices.action.retry")}
        </Button>
      </div>
    </>
  );
}
