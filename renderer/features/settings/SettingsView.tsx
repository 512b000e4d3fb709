import { useQuery } from "@tanstack/react-query";
import { Button } from "../../design/Button.tsx";
import { ErrorState } from "../../design/ErrorState.tsx";
import { LoadingState } from "../../design/LoadingState.tsx";
import { PageHeader } from "../../design/PageHeader.tsx";
import { errorWords } from "../../messages/error-words.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useConsole } from "../../read-model/console-context.tsx";
import { AboutSection } from "./AboutSection.tsx";
import { LiveSection } from "./LiveSection.tsx";
import { LoginsSection } from "./LoginsSection.tsx";
import { NetworkSection } from "./NetworkSection.tsx";
import { RecordingSection } from "./RecordingSection.tsx";
import { StorageSection } from "./StorageSection.tsx";
import { SiteSection } from "./SiteSection.tsx";
import styles from "./settings.module.css";

/** The Settings page; every setting takes effect when it is changed. */
export function SettingsView() {
  const say = useSay();
  const { queries } = useConsole();
  const settings = useQuery(queries.settings.get.queryOptions());
  if (settings.data !== undefined) {
    return (
      <div className={styles.page}>
        <PageHeader title={say("settings.title")} />
        <div className={styles.scroll}>
          <div className={styles.sections}>
            <SiteSection settings={settings.data} />
            <LiveSection settings={settings.data} />
            <RecordingSection settings={settings.data} />
            <StorageSection />
            <NetworkSection settings={settings.data} />
            <LoginsSection />
            <AboutSection />
          </div>
        </div>
      </div>
    );
  }
  if (!settings.isError) return <LoadingState label={say("settings.loading")} />;
  return (
    <div className={styles.page}>
      <PageHeader title={say("settings.title")} />
      <ErrorState
        title={say("connection.title")}
        cause={say("connection.cause")}
        remedy={say("connection.remedy")}
        detail={errorWords(say, settings.error)}
        action={
          <Button tone="primary" onPress={() => void settings.refetch()}>
            {say("design.retry")}
          </Button>
        }
      />
    </div>
  );
}
