import type { Channel } from "../../../shared/model/channel.ts";
import type { Device } from "../../../shared/model/device.ts";
import { assertNever } from "../../../shared/base/result.ts";
import type { SourceStatus } from "../../../shared/model/stream-status.ts";
import type { Stream } from "../../../shared/model/stream.ts";
import { Facts } from "../../design/Facts.tsx";
import { Panel } from "../../design/Panel.tsx";
import { StateMark, type Severity } from "../../design/StateMark.tsx";
import { failureWords } from "../../messages/failure-words.ts";
import { resolution } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import type { Say } from "../../messages/messages.ts";
import { useStreamStatuses } from "../../read-model/use-stream-statuses.ts";
import styles from "./devices.module.css";

/** Every stream as the device describes it, and what comes of it now. */
export function DetailStreams({ device }: { readonly device: Device }) {
  const say = useSay();
  const streams = device.channels.flatMap((channel) =>
    channel.streams.map((stream) => ({ channel, stream })),
  );
  if (streams.length === 0) return <p>{say("detail.noStreams")}</p>;
  return (
    <div className={styles.stack}>
      {streams.map(({ channel, stream }) => (
        <StreamPanel key={`${channel.id} ${stream.profileToken}`} channel={channel} stream={stream} />
      ))}
    </div>
  );
}

const orDash = (value: number, words: string): string => (value === 0 ? "–" : words);

function StreamPanel({ channel, stream }: { readonly channel: Channel; readonly stream: Stream }) {
  const say = useSay();
  const status = useStreamStatuses().find(
    (candidate) => candidate.channelId === channel.id && candidate.role === stream.role,
  )?.status ?? { kind: "idle" as const };
  const now = statusWords(say, status);
  return (
    <Panel
      title={`${channel.name} · ${say(`detail.role.${stream.role}`)}`}
      actions={<StateMark severity={now.severity}>{now.words}</StateMark>}
    >
      <Facts
        facts={[
          { name: say("detail.codec"), value: stream.codec },
          { name: say("detail.size"), value: `${stream.width} × ${stream.height}` },
          {
            name: say("detail.rate"),
            value: [
              orDash(stream.fps, say("detail.fps", { fps: stream.fps })),
              orDash(stream.bitrateKbps, say("detail.kbps", { value: stream.bitrateKbps })),
            ].join(" · "),
          },
          {
            name: say("detail.gov"),
            value: orDash(stream.govLength, say("detail.frames", { count: stream.govLength })),
          },
          { name: say("detail.sound"), value: stream.audioCodec ?? say("detail.no") },
          { name: say("detail.profile"), value: `${stream.profileName} (${stream.profileToken})` },
          { name: say("detail.uri"), value: stream.uri, face: "mono" },
        ]}
      />
    </Panel>
  );
}

/** What a stream's source does now, in words. */
export function statusWords(
  say: Say,
  status: SourceStatus,
): { readonly severity: Severity; readonly words: string } {
  switch (status.kind) {
    case "idle":
      return { severity: "quiet", words: say("detail.now.idle") };
    case "connecting":
      return { severity: "quiet", words: say("detail.now.connecting", { attempt: status.attempt }) };
    case "playing": {
      const words = say("detail.now.playing", {
        size: resolution(status.width, status.height),
        fps: status.fps.toFixed(1),
        kbps: Math.round(status.bitrateKbps),
        transport: status.transport.toUpperCase(),
      });
      return { severity: "normal", words };
    }
    case "waiting":
      return { severity: "critical", words: say(failureWords[status.reason].name) };
    default:
      return assertNever(status);
  }
}
