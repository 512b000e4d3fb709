import { useMemo } from "react";
import { useCommands, usePaletteSource } from "../keyboard/KeyboardProvider.tsx";
import { useSay } from "../messages/messages-context.tsx";
import { useConsole } from "../read-model/console-context.tsx";
import { useDevices } from "../read-model/use-devices.ts";
import { useFrame } from "./frame-context.tsx";
import type { Page } from "./page.ts";

/** The commands and findable things that exist on every page. */
export function useFrameCommands(pages: readonly Page[]): void {
  const say = useSay();
  const { client } = useConsole();
  const goTo = useFrame((frame) => frame.goTo);
  const setOverlay = useFrame((frame) => frame.setOverlay);
  const devices = useDevices().data;
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
  usePaletteSource(
    "pages",
    "palette.group.pages",
    useMemo(
      () =>
        pages.map((page) => ({
          id: page.id,
          label: say(page.title),
          hint: page.keys,
          run: () => goTo(page.id),
        })),
      [pages, say, goTo],
    ),
  );
  usePaletteSource(
    "devices",
    "palette.group.devices",
    useMemo(
      () =>
        (devices ?? []).map((device) => ({
          id: device.id,
          label: device.name,
          hint: device.address.host,
          keywords: `${device.identity.maker} ${device.identity.model} ${device.identity.serial ?? ""} ${device.identity.mac ?? ""}`,
          run: () => goTo("devices", { kind: "device", id: device.id }),
        })),
      [devices, goTo],
    ),
  );
}
