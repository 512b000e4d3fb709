import type { Device } from "../../../shared/model/device.ts";
import { assertNever } from "../../../shared/base/result.ts";
import { DeviceDetail } from "./DeviceDetail.tsx";
import { useDevicesState, useDevicesStore } from "./devices-context.tsx";
import { DiscoveryDrawer } from "./DiscoveryDrawer.tsx";

/** What stands beside the table: nothing, discovery, or one device. */
export function DevicePane({ devices }: { readonly devices: readonly Device[] }) {
  const store = useDevicesStore();
  const pane = useDevicesState((state) => state.pane);
  const close = (): void => store.setState({ pane: { kind: "none" } });
  switch (pane.kind) {
    case "none":
      return null;
    case "discovery":
      return <DiscoveryDrawer onClose={close} />;
    case "detail": {
      const device = devices.find((candidate) => candidate.id === pane.deviceId);
      return <DeviceDetail key={pane.deviceId} device={device} onClose={close} />;
    }
    default:
      return assertNever(pane);
  }
}
