import { RefreshCw } from "lucide-react";
import { useState } from "react";
import type { Device } from "../../../shared/model/device.ts";
import { Drawer } from "../../design/Drawer.tsx";
import { IconButton } from "../../design/IconButton.tsx";
import { Tabs } from "../../design/Tabs.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { DetailCapabilities } from "./DetailCapabilities.tsx";
import { DetailHistory } from "./DetailHistory.tsx";
import { DetailNetwork } from "./DetailNetwork.tsx";
import { DetailOverview } from "./DetailOverview.tsx";
import { DetailRecording } from "./DetailRecording.tsx";
import { DetailStreams } from "./DetailStreams.tsx";
import { useDeviceActions } from "./use-device-actions.ts";
import styles from "./devices.module.css";

export interface DeviceDetailProps {
  /** Undefined once it has been removed. */
  readonly device: Device | undefined;
  readonly onClose: () => void;
}

type DetailTab = "overview" | "streams" | "recording" | "capabilities" | "history" | "network";

/** Everything known about one device, beside the table. */
export function DeviceDetail({ device, onClose }: DeviceDetailProps) {
  const say = useSay();
  const actions = useDeviceActions();
  const [tab, setTab] = useState<DetailTab>("overview");
  if (device === undefined) {
    return (
      <Drawer title={say("devices.title")} onClose={onClose}>
        <p className={styles.section}>{say("detail.gone")}</p>
      </Drawer>
    );
  }
  return (
    <Drawer
      size="wide"
      title={device.name}
      onClose={onClose}
      actions={
        <IconButton
          icon={RefreshCw}
          label={say("devices.action.refresh")}
          onPress={() => void actions.refresh([device])}
        />
      }
    >
      <Tabs
        label={say("detail.tabs", { name: device.name })}
        selected={tab}
        onSelect={setTab}
        tabs={[
          { id: "overview", title: say("detail.overview"), render: () => <DetailOverview device={device} /> },
          { id: "streams", title: say("detail.streams"), render: () => <DetailStreams device={device} /> },
          {
            id: "recording",
            title: say("detail.recording"),
            render: () => <DetailRecording device={device} />,
          },
          {
            id: "capabilities",
            title: say("detail.capabilities"),
            render: () => <DetailCapabilities device={device} />,
          },
          { id: "history", title: say("detail.history"), render: () => <DetailHistory device={device} /> },
          { id: "network", title: say("detail.network"), render: () => <DetailNetwork device={device} /> },
        ]}
      />
    </Drawer>
  );
}
