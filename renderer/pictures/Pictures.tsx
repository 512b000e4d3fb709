import { createContext, useContext, useEffect, useState, type ReactNode } from "react";
import { systemClock } from "../../shared/base/clock.ts";
import type { MediaLink } from "../player/media-link.ts";
import { useConsole, type ConsoleClient } from "../read-model/console-context.tsx";
import { KeyPictures } from "./key-pictures.ts";
import type { KeySourceDeps } from "./key-source.ts";
import { PictureMaker, startPictureWorker } from "./picture-maker.ts";

const PicturesContext = createContext<KeyPictures | null>(null);

/** The window's pictures of recorded moments; they outlive the pages. */
export function Pictures(props: { readonly link: MediaLink; readonly children: ReactNode }) {
  const { link, children } = props;
  const { client } = useConsole();
  const [pictures, setPictures] = useState<KeyPictures | null>(null);
  useEffect(() => {
    const maker = new PictureMaker({ startWorker: startPictureWorker });
    const made = new KeyPictures({ ...keySourceDeps(client, link), clock: systemClock, maker });
    // A thing outside React that this effect starts and stops.
    // oxlint-disable-next-line react/set-state-in-effect
    setPictures(made);
    return () => made.stop();
  }, [client, link]);
  return <PicturesContext.Provider value={pictures}>{children}</PicturesContext.Provider>;
}

/** The window's pictures; null until they are there, and outside of a window's provider. */
export function usePictures(): KeyPictures | null {
  return useContext(PicturesContext);
}

/** How recorded keyframes are reached from a window. */
function keySourceDeps(client: ConsoleClient, link: MediaLink): KeySourceDeps {
  return {
    link,
    allow: ({ channelId, role, from, to }) =>
      client.recording.open({ channels: [channelId], role, from: Math.floor(from), to: Math.ceil(to) }),
    release: ({ id }) => void client.recording.close({ id }).catch((error: unknown) => console.warn(error)),
  };
}
