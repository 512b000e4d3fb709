import { Router, Settings } from "lucide-react";
import { DevicesView } from "./features/devices/DevicesView.tsx";
import { SettingsView } from "./features/settings/SettingsView.tsx";
import type { Page } from "./frame/page.ts";

/** The pages that exist, in the order of the rail: where features meet the frame. */
export const pages: readonly Page[] = [
  { id: "devices", title: "page.devices", icon: Router, keys: "Ctrl+2", place: "start", View: DevicesView },
  {
    id: "settings",
    title: "page.settings",
    icon: Settings,
    keys: "Ctrl+,",
    place: "end",
    View: SettingsView,
  },
];
