import { UNSTABLE_ToastQueue as AriaToastQueue } from "react-aria-components/Toast";
import type { Severity } from "./StateMark.tsx";

/** A short message that goes away by itself; `action` is usually Undo. */
export interface Toast {
  readonly severity: Severity;
  readonly title: string;
  readonly detail?: string;
  readonly action?: { readonly label: string; readonly run: () => void };
  /** A second thing to do about it. */
  readonly more?: { readonly label: string; readonly run: () => void };
}

/** The messages of one window, newest on top, at most four at once. */
export class ToastQueue {
  readonly queue = new AriaToastQueue<Toast>({ maxVisibleToasts: 4 });

  /** Shows a message: for 6 s, 10 s when it offers something; what went wrong stays until it is closed. */
  show(toast: Toast): void {
    const isFailure = toast.severity === "critical" || toast.severity === "serious";
    this.queue.add(toast, isFailure ? {} : { timeout: toast.action === undefined ? 6_000 : 10_000 });
  }
}
