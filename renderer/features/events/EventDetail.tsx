import type { Event } from "../../../shared/model/event.ts";
import type { ChannelId } from "../../../shared/base/ids.ts";
import { Button } from "../../design/Button.tsx";
import { Facts } from "../../design/Facts.tsx";
import { eventTypeWords } from "../../messages/event-words.ts";
import { clockOffset, clockTime, dateTime, duration } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useKeyPicture } from "../../pictures/use-key-picture.ts";
import { useSiteZone } from "../../read-model/use-settings.ts";
import styles from "./events.module.css";

const widthPx = 640;

export interface EventDetailProps {
  readonly event: Event;
  readonly onPlay: (event: Event) => void;
}

/** One event: what the camera saw at that moment, every time it has, and what the device said word for word. */
export function EventDetail({ event, onPlay }: EventDetailProps) {
  const say = useSay();
  const zone = useSiteZone();
  const { channelId, deviceAt, occurredAt, receivedAt } = event;
  const utc = (at: number): string => new Date(at).toISOString();
  return (
    <div className={styles.detail}>
      {channelId !== null && <MomentPicture channelId={channelId} at={occurredAt} zone={zone} />}
      {channelId !== null && (
        <Button tone="primary" onPress={() => onPlay(event)}>
          {say("events.detail.play")}
        </Button>
      )}
      <Facts
        facts={[
          { name: say("events.column.type"), value: eventTypeWords(say, event.type) },
          {
            name: say("events.column.state"),
            value: event.state === null ? null : say(`events.state.${event.state}`),
          },
          { name: say("events.column.place"), value: event.place },
          { name: say("events.column.detail"), value: event.detail },
          { name: say("events.detail.when"), value: dateTime(occurredAt, zone) },
          { name: say("events.detail.utc"), value: utc(occurredAt), face: "mono" },
          {
            name: say("events.detail.deviceTime"),
            value: deviceAt === null ? null : utc(deviceAt),
            face: "mono",
          },
          { name: say("events.detail.offset"), value: clockOffset(say, event.offsetMs) },
          { name: say("events.detail.received"), value: duration(say, receivedAt - occurredAt) },
          { name: say("events.column.topic"), value: event.topic, face: "mono" },
        ]}
      />
      {event.items.length > 0 && (
        <section aria-label={say("events.detail.items")}>
          <Facts facts={event.items.map(({ name, value }) => ({ name, value, face: "mono" }))} />
        </section>
      )}
    </div>
  );
}

function MomentPicture(props: { readonly channelId: ChannelId; readonly at: number; readonly zone: string }) {
  const { channelId, at, zone } = props;
  const say = useSay();
  const picture = useKeyPicture({ channelId, at }, widthPx);
  switch (picture.kind) {
    case "picture": {
      const time = clockTime(picture.capturedAt, zone);
      return <img className={styles.picture} src={picture.url} alt={say("picture.of", { time })} />;
    }
    case "unsupported":
      return <span className={styles.dim}>{say("picture.unsupported", { codec: picture.codec })}</span>;
    case "broken":
      return <span className={styles.dim}>{say("picture.broken", { detail: picture.detail })}</span>;
    case "waiting":
    case "none":
      return null;
  }
}
