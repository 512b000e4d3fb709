import type { AlarmDefinition } from "../../../shared/model/alarm.ts";
import type { WorstActor } from "../../../shared/model/alarm-load.ts";
import { reliefFor, type Relief } from "../../../shared/model/alarm-relief.ts";
import { Button } from "../../design/Button.tsx";
import { PriorityMark } from "../../design/PriorityMark.tsx";
import { duration, percent } from "../../messages/format.ts";
import type { Say } from "../../messages/messages.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useAlarmDefinitions } from "../../read-model/use-alarms.ts";
import { useRelief } from "./use-relief.ts";
import styles from "./load.module.css";

/** What raises most, with one change that would help; it is made with one press. */
export function WorstActors({ worst }: { readonly worst: readonly WorstActor[] }) {
  const say = useSay();
  const definitions = useAlarmDefinitions();
  if (worst.length === 0) return <p className={styles.dim}>{say("alarms.load.worst.none")}</p>;
  return (
    <ol className={styles.actors}>
      {worst.map((actor) => (
        <Actor
          key={`${actor.definitionId} ${actor.channelId ?? actor.deviceId ?? ""}`}
          actor={actor}
          definition={definitions.find(({ id }) => id === actor.definitionId)}
        />
      ))}
    </ol>
  );
}

function Actor(props: { readonly actor: WorstActor; readonly definition: AlarmDefinition | undefined }) {
  const { actor, definition } = props;
  const say = useSay();
  return (
    <li className={styles.actor}>
      <span className={styles.actorName}>
        <PriorityMark
          priority={actor.priority}
          label={say("alarms.priority", { priority: actor.priority })}
        />
        {actor.place === "" ? actor.title : `${actor.title} · ${actor.place}`}
      </span>
      <span className={styles.dim}>{actorWords(say, actor)}</span>
      <Suggestion actor={actor} definition={definition} />
    </li>
  );
}

function Suggestion(props: { readonly actor: WorstActor; readonly definition: AlarmDefinition | undefined }) {
  const { actor, definition } = props;
  const say = useSay();
  const apply = useRelief();
  const relief = reliefFor(actor, definition);
  if (definition === undefined || relief === null) {
    const why = definition === undefined ? "gone" : definition.isEnabled ? "nothing" : "off";
    return <span className={styles.dim}>{say(`alarms.load.worst.${why}`)}</span>;
  }
  const words = reliefWords(say, relief, definition);
  const { name } = definition;
  return (
    <span className={styles.relief}>
      <span>
        {words}. <span className={styles.dim}>{say("alarms.relief.everywhere", { name })}</span>
      </span>
      <Button
        size="small"
        aria-label={say("alarms.relief.applyTo", { name, suggestion: words })}
        onPress={() => void apply(definition, relief)}
      >
        {say("alarms.relief.apply")}
      </Button>
    </span>
  );
}

function actorWords(say: Say, { raised, repeats, share, isChattering, closed, useless }: WorstActor): string {
  return [
    say("alarms.load.worst.count", { raised }),
    say("alarms.load.worst.share", { share: percent(say, share) }),
    ...(repeats > 0 ? [say("alarms.load.worst.repeats", { repeats })] : []),
    ...(isChattering ? [say("alarms.load.worst.chatters")] : []),
    ...(closed > 0 ? [say("alarms.load.worst.useless", { useless, closed })] : []),
  ].join(" · ");
}

function reliefWords(say: Say, relief: Relief, { foldMs, priority }: AlarmDefinition): string {
  switch (relief.kind) {
    case "longer-fold":
      return say("alarms.relief.longer-fold", {
        after: duration(say, relief.foldMs),
        before: duration(say, foldMs),
      });
    case "lower-priority":
      return say("alarms.relief.lower-priority", { after: relief.priority, before: priority });
    case "off":
      return say("alarms.relief.off");
  }
}
