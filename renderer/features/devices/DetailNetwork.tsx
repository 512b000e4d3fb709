import { KeyRound } from "lucide-react";
import type { Device } from "../../../shared/model/device.ts";
import { Button } from "../../design/Button.tsx";
import { Facts } from "../../design/Facts.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { useVault } from "../../read-model/use-vault.ts";
import { useDevicesStore } from "./devices-context.tsx";
import styles from "./devices.module.css";

/** Where the device is, how it is protected, and which login it takes. */
export function DetailNetwork({ device }: { readonly device: Device }) {
  const say = useSay();
  const store = useDevicesStore();
  const { credentials } = useVault();
  const credential = credentials.find(({ id }) => id === device.credentialId);
  const { address } = device;
  return (
    <div className={styles.stack}>
      <Facts
        facts={[
          { name: say("detail.host"), value: address.host, face: "mono" },
          { name: say("detail.port"), value: String(address.port), face: "mono" },
          { name: say("detail.path"), value: address.path, face: "mono" },
          { name: say("detail.protection"), value: say(address.tls ? "detail.tls" : "detail.plain") },
          { name: say("detail.login"), value: say(`devices.login.${device.login}`) },
          {
            name: say("detail.usedLogin"),
            value:
              credential === undefined
                ? say("detail.noLogin")
                : `${credential.label} (${credential.username})`,
          },
          { name: say("detail.mac"), value: device.identity.mac, face: "mono" },
        ]}
      />
      <div>
        <Button onPress={() => store.setState({ task: { kind: "login", deviceIds: [device.id] } })}>
          <KeyRound size={14} aria-hidden />
          {say("devices.action.login")}
        </Button>
      </div>
    </div>
  );
}
