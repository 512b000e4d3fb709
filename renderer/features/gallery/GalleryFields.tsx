import { useState } from "react";
import { Checkbox } from "../../design/Checkbox.tsx";
import { Facts } from "../../design/Facts.tsx";
import { InlineEdit } from "../../design/InlineEdit.tsx";
import { LineGraph } from "../../design/LineGraph.tsx";
import { Panel } from "../../design/Panel.tsx";
import { ProgressBar } from "../../design/ProgressBar.tsx";
import { SearchField } from "../../design/SearchField.tsx";
import { Select } from "../../design/Select.tsx";
import { Switch } from "../../design/Switch.tsx";
import { TextField } from "../../design/TextField.tsx";
import styles from "./gallery.module.css";

const hours = Array.from({ length: 24 }, (_, hour) => hour);
const times = hours.map((hour) => Date.UTC(2026, 10, 22, hour));
const offsets = hours.map((hour) => Math.sin(hour / 4) / 2);
const keep = (): void => undefined;

/** Fields, choices, progress and facts. */
export function GalleryFields() {
  const [mode, setMode] = useState<"tcp" | "udp">("tcp");
  return (
    <>
      <Panel title="TextField, SearchField, Select, InlineEdit">
        <div className={styles.fields}>
          <TextField label="Site name" defaultValue="North yard" description="Shown in the status bar." />
          <TextField label="Range" face="mono" placeholder="10.20.6.0/24" />
          <TextField label="Call number" defaultValue="101" error="101 already calls Loading bay" />
          <TextField label="Not now" defaultValue="off" isDisabled />
          <SearchField label="Filter devices" />
          <Select
            label="Transport"
            description="TCP loses nothing."
            selected={mode}
            onSelect={setMode}
            options={[
              { id: "tcp", label: "TCP", hint: "usual" },
              { id: "udp", label: "UDP" },
            ]}
          />
          <InlineEdit label="Name" value="Gate" maxLength={64} onSave={keep} onCancel={keep} />
        </div>
      </Panel>
      <Panel title="Checkbox, Switch">
        <div className={styles.row}>
          <Checkbox>off</Checkbox>
          <Checkbox defaultSelected>on</Checkbox>
          <Checkbox isIndeterminate>some</Checkbox>
          <Checkbox isDisabled>disabled</Checkbox>
          <Switch>off</Switch>
          <Switch defaultSelected description="What it does.">
            on
          </Switch>
          <Switch isDisabled>disabled</Switch>
        </div>
      </Panel>
      <Panel title="ProgressBar, Facts, LineGraph">
        <ProgressBar label="Export" value={0.64} />
        <ProgressBar label="Searching" value={null} />
        <Facts
          facts={[
            { name: "Firmware", value: "1.10" },
            { name: "Serial number", value: "202611220000000002", face: "mono" },
            { name: "Hardware", value: null },
          ]}
        />
        <LineGraph label="Clock offset over a day" times={times} values={offsets} unit="s" timeZone="UTC" />
      </Panel>
    </>
  );
}
