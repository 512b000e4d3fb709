import type { LucideIcon } from "lucide-react";

/** One line of a menu, or a line between groups. */
export type MenuEntry =
  | {
      readonly id: string;
      readonly label: string;
      readonly icon?: LucideIcon;
      readonly keys?: string;
      readonly tone?: "plain" | "danger";
      readonly isDisabled?: boolean;
      readonly run: () => void;
    }
  | { readonly id: string; readonly separator: true };
