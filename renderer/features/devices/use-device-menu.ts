import { Copy, KeyRound, PanelRight, Pencil, RefreshCw, RotateCw, Trash2 } from "lucide-react";
import { DeviceId } from "../../../shared/base/ids.ts";
import type { Device } from "../../../shared/model/device.ts";
import type { MenuEntry } from "../../design/menu-entry.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useDevicesStore } from "./devices-context.tsx";
import { useDeviceActions } from "./use-device-actions.ts";

/** The lines of a device's menu; with a selection that holds it, bulk lines act on the selection. */
export function useDeviceMenu(): (device: Device) => readonly MenuEntry[] {
  const say = useSay();
  const store = useDevicesStore();
  const actions = useDeviceActions();
  return (device) => {
    const { selected } = store.getState();
    const deviceIds = selected.has(device.id) ? [...selected].map((id) => DeviceId.parse(id)) : [device.id];
    return [
      {
        id: "open",
        icon: PanelRight,
        label: say("devices.action.open"),
        keys: "Enter",
        run: () => store.setState({ pane: { kind: "detail", deviceId: device.id } }),
      },
      {
        id: "rename",
        icon: Pencil,
        label: say("devices.action.rename"),
        keys: "F2",
        run: () => store.setState({ renaming: device.id }),
      },
      {
        id: "copy",
        icon: Copy,
        label: say("devices.action.copyAddress"),
        run: () => void navigator.clipboard.writeText(device.address.host),
      },
      { id: "line-1", separator: true },
      {
        id: "refresh",
        icon: RefreshCw,
        label: say("devices.action.refresh"),
        run: () => void actions.refresh([device]),
      },
      {
        id: "retry",
        icon: RotateCw,
        label: say("devices.action.retry"),
        isDisabled: device.state.kind !== "unreachable",
        run: () => void actions.retry(device),
      },
      {
        id: "login",
        icon: KeyRound,
        label: say("devices.action.login"),
        run: () => store.setState({ task: { kind: "login", deviceIds } }),
      },
      { id: "line-2", separator: true },
      {
        id: "remove",
        icon: Trash2,
        label: say("devices.action.remove"),
        keys: "Delete",
        tone: "danger",
        run: () => store.setState({ task: { kind: "remove", deviceIds } }),
      },
    ];
  };
}
