import type { ReactNode } from "react";
import { useSay } from "../messages/messages-context.tsx";
import { Button } from "./Button.tsx";
import { Dialog } from "./Dialog.tsx";

export interface ConfirmDialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  /** What will happen and that it cannot be undone. */
  readonly children: ReactNode;
  /** The verb: "Remove 3 devices". */
  readonly action: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks once before what cannot be undone; the harmless answer has the focus. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const say = useSay();
  return (
    <Dialog
      title={props.title}
      isOpen={props.isOpen}
      onClose={props.onClose}
      role="alertdialog"
      actions={
        <>
          <Button autoFocus onPress={props.onClose}>
            {say("design.cancel")}
          </Button>
          <Button
            tone="danger"
            onPress={() => {
              props.onClose();
              props.onConfirm();
            }}
          >
            {props.action}
          </Button>
        </>
      }
    >
      {props.children}
    </Dialog>
  );
}
