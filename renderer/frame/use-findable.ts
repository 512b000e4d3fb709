import { useMemo } from "react";
import { useNumberCall, usePaletteSource } from "../keyboard/KeyboardProvider.tsx";
import type { PaletteItem } from "../keyboard/palette-source.ts";
import { useSay } from "../messages/messages-context.tsx";
import { useDevices } from "../read-model/use-devices.ts";
import { byName, useWalls } from "../read-model/use-walls.ts";
import { useFrame, useToasts } from "./frame-context.tsx";
import type { Page } from "./page.ts";

/** What can be found in the palette on every page, and the cameras that can be called by number. */
export function useFindable(pages: readonly Page[]): void {
  const say = useSay();
  const toasts = useToasts();
  const goTo = useFrame((frame) => frame.goTo);
  const devices = useDevices().data;
  const walls = useWalls().data;
  const channels = useMemo(
    () => (devices ?? []).flatMap((device) => device.channels).sort((a, b) => a.number - b.number),
    [devices],
  );
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
    "cameras",
    "palette.group.cameras",
    useMemo(
      () =>
        channels.map(({ id, name, number }): PaletteItem => ({
          id,
          label: name,
          hint: String(number),
          run: () => goTo("live", { kind: "camera", id }),
        })),
      [channels, goTo],
    ),
  );
  usePaletteSource(
    "walls",
    "palette.group.walls",
    useMemo(
      () =>
        byName(walls ?? []).map(({ id, name }): PaletteItem => ({
          id,
          label: name,
          run: () => goTo("live", { kind: "wall", id }),
        })),
      [walls, goTo],
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
  useNumberCall((number) => {
    const called = channels.find((channel) => channel.number === number);
    if (called === undefined) toasts.show({ severity: "warning", title: say("number.unknown", { number }) });
    else goTo("live", { kind: "camera", id: called.id });
  }, "everywhere");
}
