import { Rail } from "../design/Rail.tsx";
import { ToastArea } from "../design/ToastArea.tsx";
import { CommandPalette } from "../keyboard/CommandPalette.tsx";
import { KeysDialog } from "../keyboard/KeysDialog.tsx";
import { NumberOverlay } from "../keyboard/NumberOverlay.tsx";
import { useSay } from "../messages/messages-context.tsx";
import { useConsole } from "../read-model/console-context.tsx";
import { useFrame, useToasts } from "./frame-context.tsx";
import { AlarmBanner } from "./AlarmBanner.tsx";
import { NoticeBanner } from "./NoticeBanner.tsx";
import type { Page } from "./page.ts";
import { PageBoundary } from "./PageBoundary.tsx";
import { SiteStatusBar } from "./SiteStatusBar.tsx";
import { useFrameCommands } from "./use-frame-commands.ts";
import { useFrameFeeds, useKeptWindow } from "./use-frame-feeds.ts";
import styles from "./frame.module.css";

/** The rail, the page, the status bar, and what may lie over them. */
export function AppFrame({ pages }: { readonly pages: readonly Page[] }) {
  const say = useSay();
  const { client } = useConsole();
  const toasts = useToasts();
  const pageId = useFrame((frame) => frame.page);
  const goTo = useFrame((frame) => frame.goTo);
  const overlay = useFrame((frame) => frame.overlay);
  const setOverlay = useFrame((frame) => frame.setOverlay);
  useFrameFeeds();
  useKeptWindow();
  useFrameCommands(pages);
  const page = pages.find((candidate) => candidate.id === pageId) ?? pages[0];
  if (page === undefined) return null;
  const report = (error: Error): void => {
    void client.app.reportFault({
      message: error.message.slice(0, 2_000),
      stack: (error.stack ?? "").slice(0, 8_000),
    });
  };
  return (
    <div className={styles.frame}>
      <Rail
        label={say("rail.label")}
        entries={pages.map(({ id, title, icon, keys, place }) => ({
          id,
          title: say(title),
          icon,
          keys,
          place,
        }))}
        selected={page.id}
        onSelect={(id) => goTo(id)}
      />
      <div className={styles.middle}>
        <div>
          <AlarmBanner />
          <NoticeBanner />
        </div>
        <main className={styles.page} aria-label={say(page.title)}>
          <PageBoundary key={page.id} onFault={report}>
            <page.View />
          </PageBoundary>
        </main>
      </div>
      <div className={styles.status}>
        <SiteStatusBar />
      </div>
      <ToastArea toasts={toasts} />
      <NumberOverlay />
      <CommandPalette isOpen={overlay === "palette"} onClose={() => setOverlay("none")} />
      <KeysDialog isOpen={overlay === "keys"} onClose={() => setOverlay("none")} />
    </div>
  );
}
