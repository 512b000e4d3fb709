import type { Settings } from "../../../shared/model/settings.ts";
import { Panel } from "../../design/Panel.tsx";
import { Select } from "../../design/Select.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { usePutSettings } from "./use-put-settings.ts";

const liveModes = ["low-latency", "standard"] as const;
const transports = ["tcp", "udp"] as const;
const motions = ["system", "always"] as const;

/** How pictures are fed, and whether anything may move. */
export function LiveSection({ settings }: { readonly settings: Settings }) {
  const say = useSay();
  const put = usePutSettings();
  return (
    <Panel title={say("settings.live")}>
      <Select
        label={say("settings.liveMode")}
        description={say("settings.liveModeHint")}
        options={liveModes.map((id) => ({ id, label: say(`settings.liveMode.${id}`) }))}
        selected={settings.liveMode}
        onSelect={(liveMode) => put({ liveMode })}
      />
      <Select
        label={say("settings.transport")}
        description={say("settings.transportHint")}
        options={transports.map((id) => ({ id, label: say(`settings.transport.${id}`) }))}
        selected={settings.rtspTransport}
        onSelect={(rtspTransport) => put({ rtspTransport })}
      />
      <Select
        label={say("settings.motion")}
        description={say("settings.reduceMotionHint")}
        options={motions.map((id) => ({ id, label: say(`settings.reduceMotion.${id}`) }))}
        selected={settings.reduceMotion}
        onSelect={(reduceMotion) => put({ reduceMotion })}
      />
    </Panel>
  );
}
