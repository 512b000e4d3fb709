import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components/Modal";
import styles from "./overlay.module.css";

export interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** The buttons, least important first. */
  readonly actions: ReactNode;
  readonly size?: "normal" | "wide";
  /** `alertdialog` for what cannot be undone. */
  readonly role?: "dialog" | "alertdialog";
}

/** A window that must be answered; only for what cannot be undone or needs several steps. */
export function Dialog(props: DialogProps) {
  const { title, isOpen, onClose, children, actions, size = "normal", role = "dialog" } = props;
  return (
    <ModalOverlay
      className={styles.veil ?? ""}
      isOpen={isOpen}
      isDismissable={role === "dialog"}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={styles.modal ?? ""} data-size={size}>
        <AriaDialog role={role} className={styles.dialog ?? ""}>
          <Heading slot="title" level={2} className={styles.title ?? ""}>
            {title}
          </Heading>
          <div className={styles.body}>{children}</div>
          <div className={styles.actions}>{actions}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
