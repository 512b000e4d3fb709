import { StateMark } from "../../design/StateMark.tsx";
import { useNow } from "../../frame/use-now.ts";
import { useSay } from "../../messages/messages-context.tsx";
import type { DeviceRow } from "./device-row.ts";
import { stateWords } from "./device-words.ts";

/** A device's state with how long it has stood. Ticks by itself, so that the table need not be drawn each second. */
export function StateCell({ row }: { readonly row: DeviceRow }) {
  const say = useSay();
  const { severity, words } = stateWords(say, row, useNow());
  return <StateMark severity={severity}>{words}</StateMark>;
}
