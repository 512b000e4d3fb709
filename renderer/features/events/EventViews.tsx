import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Bookmark, Check, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import type { EventView } from "../../../shared/model/event-log.ts";
import { Button } from "../../design/Button.tsx";
import { Dialog } from "../../design/Dialog.tsx";
import { Menu } from "../../design/Menu.tsx";
import type { MenuEntry } from "../../design/menu-entry.ts";
import { TextField } from "../../design/TextField.tsx";
import { useToasts } from "../../frame/frame-context.tsx";
import { errorWords } from "../../messages/error-words.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useConsole } from "../../read-model/console-context.tsx";
import { showView, viewOf, type EventsStore } from "./events-store.ts";

/** Filters and columns kept under a name: shown at a press, saved, taken away with a way back. */
export function EventViews({ store }: { readonly store: EventsStore }) {
  const say = useSay();
  const deeds = useViewDeeds();
  const { views } = deeds;
  const viewId = useStore(store, (state) => state.viewId);
  const [dialog, setDialog] = useState<"closed" | "naming">("closed");
  const shown = views.find(({ id }) => id === viewId);
  const entries: MenuEntry[] = [
    ...views.map((view) => ({
      id: view.id,
      label: view.name,
      ...(view === shown ? { icon: Check } : {}),
      run: () => showView(store, view),
    })),
    ...(views.length > 0 ? [{ id: "line", separator: true as const }] : []),
    { id: "save", label: say("events.views.save"), icon: Plus, run: () => setDialog("naming") },
    ...(shown === undefined
      ? []
      : [
          {
            id: "remove",
            label: say("events.views.remove", { name: shown.name }),
            icon: Trash2,
            run: () => void deeds.remove(shown),
          },
        ]),
  ];
  return (
    <>
      <Menu label={say("events.views")} entries={entries}>
        <Button>
          <Bookmark size={14} aria-hidden />
          {say("events.views")}
        </Button>
      </Menu>
      {dialog === "naming" && (
        <NameDialog
          first={shown?.name ?? ""}
          views={views}
          onClose={() => setDialog("closed")}
          onSave={(name) => {
            setDialog("closed");
            // The name says which view it is: the one that has it is replaced.
            const id = views.find((view) => view.name === name)?.id ?? crypto.randomUUID();
            void deeds.save(viewOf(store.getState(), id, name)).then((isSaved) => {
              if (isSaved) store.setState({ viewId: id });
            });
          }}
        />
      )}
    </>
  );
}

/** The saved views, and what can be done to them; what went wrong is said. */
function useViewDeeds() {
  const say = useSay();
  const toasts = useToasts();
  const cache = useQueryClient();
  const { client, queries } = useConsole();
  const { data: views = [] } = useQuery(queries.events.views.queryOptions());
  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      await cache.invalidateQueries({ queryKey: queries.events.views.key() });
      return true;
    } catch (error) {
      const detail = errorWords(say, error);
      toasts.show({ severity: "serious", title: say("events.views.failed"), detail });
      return false;
    }
  };
  const save = (view: EventView): Promise<boolean> => attempt(() => client.events.saveView(view));
  const remove = async (view: EventView): Promise<void> => {
    if (!(await attempt(() => client.events.removeView({ id: view.id })))) return;
    toasts.show({
      severity: "normal",
      title: say("events.views.removed", { name: view.name }),
      action: { label: say("design.undo"), run: () => void save(view) },
    });
  };
  return { views, save, remove };
}

function NameDialog(props: {
  readonly first: string;
  readonly views: readonly EventView[];
  readonly onSave: (name: string) => void;
  readonly onClose: () => void;
}) {
  const { first, views, onSave, onClose } = props;
  const say = useSay();
  const [text, setText] = useState(first);
  const name = text.trim();
  const isTaken = views.some((view) => view.name === name);
  const save = (): void => {
    if (name !== "") onSave(name);
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={say("events.views.title")}
      actions={
        <>
          <Button onPress={onClose}>{say("design.cancel")}</Button>
          <Button tone="primary" isDisabled={name === ""} onPress={save}>
            {say(isTaken ? "events.views.replace" : "events.views.keep")}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextField
          autoFocus
          label={say("events.views.name")}
          description={say("events.views.lead")}
          value={text}
          maxLength={64}
          onChange={setText}
        />
      </form>
    </Dialog>
  );
}
