import { AudioLines, Bell, LayoutGrid, Router, ScrollText, Settings } from "lucide-react";
import { AlarmsView } from "./features/alarms/AlarmsView.tsx";
import { DevicesView } from "./features/devices/DevicesView.tsx";
import { EventsView } from "./features/events/EventsView.tsx";
import { FirstRunView } from "./features/first-run/FirstRunView.tsx";
import { LiveView } from "./features/live/LiveView.tsx";
import { ReviewView } from "./features/review/ReviewView.tsx";
import { SettingsView } from "./features/settings/SettingsView.tsx";
import type { Page } from "./frame/page.ts";

/** The wall; without cameras the way to the first ones. */
function LivePage() {
  return <LiveView empty={<FirstRunView />} />;
}

/** The pages that exist, in the order of the rail: where features meet the frame. */
export const pages: readonly Page[] = [
  { id: "live", title: "page.live", icon: LayoutGrid, keys: "Ctrl+1", place: "start", View: LivePage },
  { id: "alarms", title: "page.alarms", icon: Bell, keys: "Ctrl+2", place: "start", View: AlarmsView },
  { id: "review", title: "page.review", icon: AudioLines, keys: "Ctrl+3", place: "start", View: ReviewView },
  { id: "events", title: "page.events", icon: ScrollText, keys: "Ctrl+4", place: "start", View: EventsView },
  { id: "devices", title: "page.devices", icon: Router, keys: "Ctrl+5", place: "start", View: DevicesView },
  {
    id: "settings",
    title: "page.settings",
    icon: Settings,
    keys: "Ctrl+,",
    place: "end",
    View: SettingsView,
  },
];
