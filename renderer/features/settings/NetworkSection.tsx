import type { Settings } from "../../../shared/model/settings.ts";
import { Panel } from "../../design/Panel.tsx";
import { Switch } from "../../design/Switch.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { usePutSettings } from "./use-put-settings.ts";

/** What the console listens to on the network. */
export function NetworkSection({ settings }: { readonly settings: Settings }) {
  const say = useSay();
  const put = usePutSettings();
  return (
    <Panel title={say("settings.network")}>
      <Switch
        description={say("settings.helloHint")}
        isSelected={settings.listenForHello}
        onChange={(listenForHello) => put({ listenForHello })}
      >
        {say("settings.hello")}
      </Switch>
      <Switch
        description={say("settings.loopbackHint")}
        isSelected={settings.discoverLoopback}
        onChange={(discoverLoopback) => put({ discoverLoopback })}
      >
        {say("settings.loopback")}
      </Switch>
    </Panel>
  );
}
