import { useState } from "react";
import { Banner } from "../../design/Banner.tsx";
import { Button } from "../../design/Button.tsx";
import { ConfirmDialog } from "../../design/ConfirmDialog.tsx";
import { Dialog } from "../../design/Dialog.tsx";
import { Drawer } from "../../design/Drawer.tsx";
import { Panel } from "../../design/Panel.tsx";
import { useToasts } from "../../frame/frame-context.tsx";
import styles from "./gallery.module.css";

const bannerSeverities = ["critical", "serious", "warning", "notice"] as const;
const keep = (): void => undefined;

/** Banners, dialogs, drawer, toasts. */
export function GalleryOverlays() {
  const toasts = useToasts();
  const [open, setOpen] = useState<"none" | "dialog" | "confirm">("none");
  const close = (): void => setOpen("none");
  return (
    <>
      <Panel title="Banner">
        {bannerSeverities.map((severity) => (
          <Banner
            key={severity}
            severity={severity}
            title="Perimeter north · intrusion"
            detail="person crossed line “fence” · 8 s ago"
            actions={<Button size="small">Show cameras</Button>}
          />
        ))}
      </Panel>
      <Panel title="Dialog, ConfirmDialog, Toast, Drawer">
        <div className={styles.row}>
          <Button onPress={() => setOpen("dialog")}>Open dialog</Button>
          <Button onPress={() => setOpen("confirm")}>Open confirmation</Button>
          <Button onPress={() => toasts.show({ severity: "normal", title: "Saved" })}>Toast</Button>
          <Button
            onPress={() =>
              toasts.show({
                severity: "serious",
                title: "Gate could not be read again",
                detail: "The camera did not answer in time.",
                action: { label: "Undo", run: keep },
              })
            }
          >
            Failure toast
          </Button>
        </div>
        <div className={styles.drawer}>
          <Drawer title="Drawer" onClose={keep} footer={<Button tone="primary">Adopt 2 devices…</Button>}>
            <p>Detail beside the page.</p>
          </Drawer>
        </div>
      </Panel>
      <Dialog
        title="A dialog"
        isOpen={open === "dialog"}
        onClose={close}
        actions={<Button onPress={close}>Close</Button>}
      >
        <p>What must be answered.</p>
      </Dialog>
      <ConfirmDialog
        title="Remove “Gate”?"
        isOpen={open === "confirm"}
        action="Remove device"
        onClose={close}
        onConfirm={keep}
      >
        <p>Its streams and its history are forgotten. This cannot be undone.</p>
      </ConfirmDialog>
    </>
  );
}
