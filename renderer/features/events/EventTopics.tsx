import { useQuery, useQueryClient } from "@tanstack/react-query";
import { EventType, eventTypes } from "../../../shared/model/event.ts";
import type { EventTopic } from "../../../shared/model/event-log.ts";
import { Select } from "../../design/Select.tsx";
import { useToasts } from "../../frame/frame-context.tsx";
import { errorWords } from "../../messages/error-words.ts";
import { eventTypeWords } from "../../messages/event-words.ts";
import { dateTime } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useConsole } from "../../read-model/console-context.tsx";
import { useSiteZone } from "../../read-model/use-settings.ts";
import styles from "./events.module.css";

/** What each topic of a device is here: the console's own reading, another one, or nothing. */
export function EventTopics() {
  const say = useSay();
  const zone = useSiteZone();
  const toasts = useToasts();
  const { client, queries } = useConsole();
  const cache = useQueryClient();
  const topics = useQuery(queries.events.topics.queryOptions());
  const choose = async (topic: string, id: string): Promise<void> => {
    const known = EventType.safeParse(id);
    const type = known.success ? known.data : id === "ignored" ? "ignored" : null;
    try {
      await client.events.setTopic({ topic, type });
    } catch (error) {
      toasts.show({ severity: "serious", title: errorWords(say, error) });
    }
    await cache.invalidateQueries({ queryKey: queries.events.topics.key() });
  };
  const options = [
    { id: "standard", label: say("events.topics.standard") },
    { id: "ignored", label: say("events.topics.ignored") },
    ...eventTypes.map((type) => ({ id: type, label: eventTypeWords(say, type) })),
  ];
  const list: readonly EventTopic[] = topics.data ?? [];
  return (
    <div className={styles.detail}>
      <p className={styles.dim}>{say(list.length === 0 ? "events.topics.none" : "events.topics.lead")}</p>
      {list.slice(0, 300).map(({ topic, type, seen, lastAt, example }) => (
        <div key={topic} className={styles.topic}>
          <span className={styles.topicName}>{topic}</span>
          <span className={styles.dim}>
            {say("events.topics.seen", { count: seen, time: dateTime(lastAt, zone) })}
          </span>
          <span className={styles.dim}>{example}</span>
          <Select
            label={say("events.topics.choose", { topic: topic.split("/").at(-1) ?? topic })}
            options={options}
            selected={type ?? "standard"}
            onSelect={(id) => void choose(topic, id)}
          />
        </div>
      ))}
    </div>
  );
}
