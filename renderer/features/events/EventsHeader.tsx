import { Download, ListTree } from "lucide-react";
import type { ReactNode } from "react";
import { systemClock } from "../../../shared/base/clock.ts";
import { Button } from "../../design/Button.tsx";
import { ColumnChooser } from "../../design/ColumnChooser.tsx";
import { Menu } from "../../design/Menu.tsx";
import { PageHeader } from "../../design/PageHeader.tsx";
import { useToasts } from "../../frame/frame-context.tsx";
import { errorWords } from "../../messages/error-words.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useConsole } from "../../read-model/console-context.tsx";
import { queryOf, type EventFilter } from "./events-store.ts";

export interface EventsHeaderProps {
  readonly filter: EventFilter;
  readonly note: string;
  readonly columns: readonly { readonly id: string; readonly title: string }[];
  readonly visible: ReadonlySet<string>;
  readonly onColumns: (visible: ReadonlySet<string>) => void;
  readonly onTopics: () => void;
  /** What stands before the columns. */
  readonly children: ReactNode;
}

/** How much is shown, which columns, the topics, and the export of everything the filter finds. */
export function EventsHeader(props: EventsHeaderProps) {
  const { filter, note, columns, visible, onColumns, onTopics } = props;
  const say = useSay();
  const toasts = useToasts();
  const { client } = useConsole();
  const write = async (format: "csv" | "jsonl"): Promise<void> => {
    try {
      const query = queryOf(filter, systemClock.now());
      const written = await client.events.export({ query, format });
      if (written === null) return;
      const { path, events } = written;
      toasts.show({ severity: "normal", title: say("events.export.done", { count: events, path }) });
    } catch (error) {
      const detail = errorWords(say, error);
      toasts.show({ severity: "serious", title: say("events.export.failed"), detail });
    }
  };
  return (
    <PageHeader title={say("events.title")} note={note}>
      {props.children}
      <ColumnChooser label={say("events.columns")} columns={columns} visible={visible} onChange={onColumns} />
      <Button onPress={onTopics}>
        <ListTree size={14} aria-hidden />
        {say("events.topics")}
      </Button>
      <Menu
        label={say("events.export")}
        entries={(["csv", "jsonl"] as const).map((format) => ({
          id: format,
          label: say(`events.export.${format}`),
          run: () => void write(format),
        }))}
      >
        <Button>
          <Download size={14} aria-hidden />
          {say("events.export")}
        </Button>
      </Menu>
    </PageHeader>
  );
}
