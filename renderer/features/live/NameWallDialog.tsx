import { useState } from "react";
import { Button } from "../../design/Button.tsx";
import { Dialog } from "../../design/Dialog.tsx";
import { TextField } from "../../design/TextField.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { WallName } from "../../../shared/model/layout.ts";

export interface NameWallDialogProps {
  readonly title: string;
  readonly name: string;
  /** Saves; answers `taken` when the name belongs to another wall. */
  readonly onSave: (name: string) => Promise<"done" | "taken">;
  readonly onClose: () => void;
}

/** Asks for a wall's name. */
export function NameWallDialog({ title, name, onSave, onClose }: NameWallDialogProps) {
  const say = useSay();
  const [text, setText] = useState(name);
  const [problem, setProblem] = useState<"live.save.empty" | "live.save.taken">();
  const [isSaving, setIsSaving] = useState(false);
  const save = async (): Promise<void> => {
    const parsed = WallName.safeParse(text);
    if (!parsed.success) {
      setProblem("live.save.empty");
      return;
    }
    setIsSaving(true);
    const outcome = await onSave(parsed.data);
    setIsSaving(false);
    if (outcome === "taken") setProblem("live.save.taken");
    else onClose();
  };
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{say("design.cancel")}</Button>
          <Button tone="primary" type="submit" form="name-wall" isPending={isSaving}>
            {say("live.save")}
          </Button>
        </>
      }
    >
      <form
        id="name-wall"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextField
          label={say("live.save.name")}
          value={text}
          maxLength={64}
          autoFocus
          onChange={(value) => {
            setText(value);
            setProblem(undefined);
          }}
          error={problem === undefined ? undefined : say(problem)}
        />
      </form>
    </Dialog>
  );
}
