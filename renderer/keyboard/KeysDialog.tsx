import { Button } from "../design/Button.tsx";
import { Dialog } from "../design/Dialog.tsx";
import { Kbd } from "../design/Kbd.tsx";
import { useSay } from "../messages/messages-context.tsx";
import type { Command } from "./command.ts";
import { commandFor, numberTaker } from "./keyboard-store.ts";
import { useKeyboard } from "./KeyboardProvider.tsx";
import styles from "./keyboard.module.css";

/** `?`: every key that does something now, of this page first. */
export function KeysDialog(props: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const say = useSay();
  const commands = useKeyboard((state) => state.commands);
  const takesNumbers = useKeyboard((state) => numberTaker(state) !== undefined);
  // A key that a later command took from an earlier one is explained once, as what it does now.
  const withKeys = commands.flatMap((command, index) => {
    const keys = command.keys.filter((key) => {
      const taker = commandFor(commands, key);
      return taker === undefined || commands.indexOf(taker) <= index;
    });
    return keys.length === 0 ? [] : [{ ...command, keys }];
  });
  const ofPage = withKeys.filter((command) => command.scope === "page");
  const everywhere = withKeys.filter((command) => command.scope === "everywhere");
  return (
    <Dialog
      title={say("keys.title")}
      size="wide"
      isOpen={props.isOpen}
      onClose={props.onClose}
      actions={
        <Button autoFocus onPress={props.onClose}>
          {say("design.close")}
        </Button>
      }
    >
      <div className={styles.columns}>
        {ofPage.length > 0 && <KeyGroup title={say("keys.page")} commands={ofPage} />}
        <KeyGroup title={say("keys.everywhere")} commands={everywhere}>
          {takesNumbers && <KeyLine title={say("keys.number")} keys={["0 … 9", "Enter"]} />}
          <KeyLine title={say("keys.back")} keys={["Esc"]} />
          <KeyLine title={say("keys.nextArea")} keys={["F6"]} />
        </KeyGroup>
      </div>
    </Dialog>
  );
}

function KeyGroup(props: {
  readonly title: string;
  readonly commands: readonly Command[];
  readonly children?: React.ReactNode;
}) {
  const say = useSay();
  return (
    <section className={styles.group}>
      <h3 className={styles.heading}>{props.title}</h3>
      <ul>
        {props.commands.map((command) => (
          <KeyLine key={command.id} title={say(command.title)} keys={command.keys} />
        ))}
        {props.children}
      </ul>
    </section>
  );
}

function KeyLine(props: { readonly title: string; readonly keys: readonly string[] }) {
  return (
    <li className={styles.line}>
      <span>{props.title}</span>
      <span className={styles.chords}>
        {props.keys.map((keys) => (
          <Kbd key={keys} keys={keys} />
        ))}
      </span>
    </li>
  );
}
