import { Cctv, MonitorPlay, Radar } from "lucide-react";
import { ORPCError } from "@orpc/client";
import { useState } from "react";
import { Button } from "../../design/Button.tsx";
import { Kbd } from "../../design/Kbd.tsx";
import { Select } from "../../design/Select.tsx";
import { StateMark } from "../../design/StateMark.tsx";
import { useFrame } from "../../frame/frame-context.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { useConsole } from "../../read-model/console-context.tsx";
import styles from "./first-run.module.css";

/** Nothing is here yet: find the cameras of this site, or look around with simulated ones. */
export function FirstRunView() {
  const say = useSay();
  const { client } = useConsole();
  const goTo = useFrame((frame) => frame.goTo);
  const discover = (): void => {
    goTo("devices", { kind: "discover" });
    void client.discovery.probe();
  };
  return (
    <div className={styles.page}>
      <div className={styles.content}>
        <header className={styles.header}>
          <Cctv size={40} strokeWidth={1.2} aria-hidden />
          <h1 className={styles.title}>{say("first.title")}</h1>
          <p>{say("first.text")}</p>
        </header>
        <section className={styles.choice}>
          <Radar size={20} aria-hidden />
          <div className={styles.words}>
            <h2>{say("first.discoverTitle")}</h2>
            <p>{say("first.discoverText")}</p>
          </div>
          <Button tone="primary" size="large" autoFocus onPress={discover}>
            {say("first.discover")}
          </Button>
        </section>
        <DemoChoice />
        <p className={styles.keys}>
          <Kbd keys="?" /> {say("command.keys")} · <Kbd keys="Ctrl+K" /> {say("command.palette")}
        </p>
      </div>
    </div>
  );
}

const cameraCounts = ["4", "9", "16", "25", "36", "64"] as const;

function DemoChoice() {
  const say = useSay();
  const { client } = useConsole();
  const [count, setCount] = useState<(typeof cameraCounts)[number]>("9");
  const [isStarting, setStarting] = useState(false);
  const [failure, setFailure] = useState<string>();
  const start = async (): Promise<void> => {
    setStarting(true);
    setFailure(undefined);
    try {
      await client.app.startDemoSite({ cameras: Number(count) });
    } catch (error) {
      setFailure(say("first.demoFailed", { detail: detailOf(error) }));
      setStarting(false);
    }
  };
  return (
    <section className={styles.choice}>
      <MonitorPlay size={20} aria-hidden />
      <div className={styles.words}>
        <h2>{say("first.demoTitle")}</h2>
        <p>{say("first.demoText")}</p>
        {isStarting && <p role="status">{say("first.demoStarting", { count: Number(count) })}</p>}
        {failure !== undefined && (
          <p role="alert">
            <StateMark severity="serious">{failure}</StateMark>
          </p>
        )}
      </div>
      <div className={styles.demo}>
        <Select
          label={say("first.cameras")}
          options={cameraCounts.map((id) => ({ id, label: id }))}
          selected={count}
          onSelect={setCount}
          isDisabled={isStarting}
        />
        <Button size="large" isPending={isStarting} onPress={() => void start()}>
          {say("first.demo")}
        </Button>
      </div>
    </section>
  );
}

function detailOf(error: unknown): string {
  const told: unknown = error instanceof ORPCError ? error.data : undefined;
  if (typeof told === "object" && told !== null && "detail" in told) return String(told.detail);
  return error instanceof Error ? error.message : String(error);
}
