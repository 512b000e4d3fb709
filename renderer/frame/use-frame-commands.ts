import { useCommands } from "../keyboard/KeyboardProvider.tsx";
import { useConsole } from "../read-model/console-context.tsx";
import { useFrame } from "./frame-context.tsx";
import type { Page } from "./page.ts";
import { useFindable } from "./use-findable.ts";

/** The commands that exist on every page, and what can be found from every page. */
export function useFrameCommands(pages: readonly Page[]): void {
  const { client } = useConsole();
  const goTo = useFrame((frame) => frame.goTo);
  const setOverlay = useFrame((frame) => frame.setOverlay);
  useCommands([
    ...pages.map((page) => ({
      id: `page.${page.id}`,
      title: page.title,
      keys: [page.keys],
      scope: "everywhere" as const,
      listed: "keys" as const,
      run: () => goTo(page.id),
    })),
    {
      id: "frame.palette",
      title: "command.palette",
      keys: ["Ctrl+K"],
      scope: "everywhere",
      listed: "keys",
      run: () => setOverlay("palette"),
    },
    {
      id: "frame.keys",
      title: "command.keys",
      keys: ["?"],
      scope: "everywhere",
      run: () => setOverlay("keys"),
    },
    {
      id: "frame.window",
      title: "command.newWindow",
      keys: ["Ctrl+Shift+N"],
      scope: "everywhere",
      run: () => void client.windows.open({ page: "live", wallId: null }),
    },
    {
      id: "frame.log",
      title: "command.openLog",
      keys: [],
      scope: "everywhere",
      run: () => void client.app.openLogFolder(),
    },
  ]);
  useFindable(pages);
}
