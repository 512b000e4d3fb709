import type { LucideIcon } from "lucide-react";
import type { ComponentType } from "react";
import type { MessageKey } from "../messages/messages.ts";
import type { PageId } from "./frame-store.ts";

/** A page of the console; a page that does not exist yet is absent, not greyed out. */
export interface Page {
  readonly id: PageId;
  readonly title: MessageKey;
  readonly icon: LucideIcon;
  /** The chord that goes to it. */
  readonly keys: string;
  readonly place: "start" | "end";
  readonly View: ComponentType;
}
