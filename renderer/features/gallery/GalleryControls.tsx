import { Bell, Camera, Maximize, Settings } from "lucide-react";
import { useState } from "react";
import { Button } from "../../design/Button.tsx";
import { IconButton } from "../../design/IconButton.tsx";
import { Menu } from "../../design/Menu.tsx";
import { Panel } from "../../design/Panel.tsx";
import { SegmentedControl } from "../../design/SegmentedControl.tsx";
import { Tabs } from "../../design/Tabs.tsx";
import styles from "./gallery.module.css";

const tones = ["primary", "plain", "quiet", "danger"] as const;
const sizes = ["small", "normal", "large"] as const;

const run = (): void => undefined;

/** Buttons, menus, tabs and segments. */
export function GalleryControls() {
  const [layout, setLayout] = useState<"1" | "4" | "9">("9");
  const [tab, setTab] = useState<"one" | "two">("one");
  return (
    <>
      <Panel title="Button, IconButton, Menu">
        {sizes.map((size) => (
          <div key={size} className={styles.row}>
            {tones.map((tone) => (
              <Button key={tone} tone={tone} size={size}>
                {tone}
              </Button>
            ))}
            <Button size={size} isDisabled>
              disabled
            </Button>
            <Button size={size} isPending>
              pending
            </Button>
            <Button size={size} tone="primary" isDisabled>
              primary, disabled
            </Button>
          </div>
        ))}
        <div className={styles.row}>
          <IconButton icon={Camera} label="Snapshot" keys="S" />
          <IconButton icon={Maximize} label="Maximise" tone="plain" />
          <IconButton icon={Settings} label="Settings" size="small" />
          <IconButton icon={Bell} label="Mute" isDisabled />
          <Menu
            label="Actions"
            entries={[
              { id: "snapshot", label: "Snapshot", icon: Camera, keys: "S", run },
              { id: "off", label: "Not now", isDisabled: true, run },
              { id: "line", separator: true },
              { id: "remove", label: "Remove…", tone: "danger", run },
            ]}
          >
            <Button>Menu</Button>
          </Menu>
        </div>
      </Panel>
      <Panel title="SegmentedControl, Tabs">
        <div className={styles.row}>
          <SegmentedControl
            label="Layout"
            selected={layout}
            onSelect={setLayout}
            segments={[
              { id: "1", title: "1" },
              { id: "4", title: "4" },
              { id: "9", title: "9", count: 12 },
            ]}
          />
        </div>
        <Tabs
          label="Parts"
          selected={tab}
          onSelect={setTab}
          tabs={[
            { id: "one", title: "Overview", render: () => <p>The first panel.</p> },
            { id: "two", title: "Streams", render: () => <p>The second panel.</p> },
          ]}
        />
      </Panel>
    </>
  );
}
