import type { CredentialId } from "../../../shared/base/ids.ts";
import type { Credential } from "../../../shared/contract/devices.ts";
import { Checkbox } from "../../design/Checkbox.tsx";
import { Panel } from "../../design/Panel.tsx";
import { StateMark } from "../../design/StateMark.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { CredentialForm } from "../../vault/CredentialForm.tsx";
import styles from "./devices.module.css";

export interface AdoptLoginsProps {
  readonly credentials: readonly Credential[];
  /** Those that are not to be tried. */
  readonly off: ReadonlySet<CredentialId>;
  readonly onChange: (off: ReadonlySet<CredentialId>) => void;
  readonly failure: string | undefined;
}

/** Which stored logins are tried, in which order; a new one can be added here. */
export function AdoptLogins({ credentials, off, onChange, failure }: AdoptLoginsProps) {
  const say = useSay();
  const toggle = (id: CredentialId, isOn: boolean): void => {
    const next = new Set(off);
    if (isOn) next.delete(id);
    else next.add(id);
    onChange(next);
  };
  return (
    <>
      {failure !== undefined && (
        <p role="alert">
          <StateMark severity="serious">{failure}</StateMark>
        </p>
      )}
      <p>{say("adopt.intro")}</p>
      <Panel title={say("adopt.logins")}>
        {credentials.length === 0 && <p>{say("adopt.noLogins")}</p>}
        <div className={styles.logins}>
          {credentials.map(({ id, label, username }) => (
            <Checkbox key={id} isSelected={!off.has(id)} onChange={(isOn) => toggle(id, isOn)}>
              <span>
                {label} <span className={styles.dim}>{username}</span>
              </span>
            </Checkbox>
          ))}
        </div>
      </Panel>
      <Panel title={say("adopt.addLogin")}>
        <CredentialForm onAdded={(credential) => toggle(credential.id, true)} />
      </Panel>
    </>
  );
}
