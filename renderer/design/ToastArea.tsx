import { X } from "lucide-react";
import {
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastContent as AriaToastContent,
  UNSTABLE_ToastRegion as AriaToastRegion,
} from "react-aria-components/Toast";
import { Button as AriaButton } from "react-aria-components/Button";
import { Text } from "react-aria-components/Text";
import { useSay } from "../messages/messages-context.tsx";
import { Button } from "./Button.tsx";
import { StateMark } from "./StateMark.tsx";
import type { ToastQueue } from "./toasts.ts";
import styles from "./toast.module.css";

/** Where a window's short messages appear; reachable with F6. */
export function ToastArea({ toasts }: { readonly toasts: ToastQueue }) {
  const say = useSay();
  return (
    <AriaToastRegion queue={toasts.queue} className={styles.region ?? ""} aria-label={say("design.messages")}>
      {({ toast }) => (
        <AriaToast toast={toast} className={styles.toast ?? ""}>
          <AriaToastContent className={styles.content ?? ""}>
            <Text slot="title" className={styles.title}>
              <StateMark severity={toast.content.severity}>{toast.content.title}</StateMark>
            </Text>
            {toast.content.detail !== undefined && (
              <Text slot="description" className={styles.detail}>
                {toast.content.detail}
              </Text>
            )}
          </AriaToastContent>
          {[toast.content.more, toast.content.action].map(
            (offer) =>
              offer !== undefined && (
                <Button
                  key={offer.label}
                  size="small"
                  onPress={() => {
                    offer.run();
                    toasts.queue.close(toast.key);
                  }}
                >
                  {offer.label}
                </Button>
              ),
          )}
          <AriaButton slot="close" className={styles.close ?? ""} aria-label={say("design.close")}>
            <X size={14} aria-hidden />
          </AriaButton>
        </AriaToast>
      )}
    </AriaToastRegion>
  );
}
