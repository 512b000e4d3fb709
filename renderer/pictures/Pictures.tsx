import { createContext, useContext, useEffect, useState, type ReactNode } from "react";
import { systemClock } from "../../shared/base/clock.ts";
import type { MediaLink } from "../player/media-link.ts";
import { useConsole, type ConsoleClient } from "../read-model/console-context.tsx";
import { KeyPictures } from "./key-pictures.ts";
import type { KeySourceDeps } from "./key-source.ts";
import { MotionDesk } from "./motion/motion-desk.ts";
import { startMotionWorker } from "./motion/motion-looker.ts";
import { searchMotion } from "./motion/motion-search.ts";
import { PictureMaker, startPictureWorker } from "./picture-maker.ts";

interface PictureParts {
  readonly pictures: KeyPictures;
  readonly motion: MotionDesk;
}

const PicturesContext = createContext<PictureParts | null>(null);

/** The window's pictures of recorded moments and its motion search; they outlive the pages. */
export function Pictures(props: { readonly link: MediaLink; readonly children: ReactNode }) {
  const { link, children } = props;
  const { client } = useConsole();
  const [parts, setParts] = useState<PictureParts | null>(null);
  useEffect(() => {
    const reached = keySourceDeps(client, link);
    const maker = new PictureMaker({ startWorker: startPictureWorker });
    const pictures = new KeyPictures({ ...reached, clock: systemClock, maker });
    const motion = new MotionDesk({
      clock: systemClock,
      client,
      search: (question, onProgress, signal) =>
        searchMotion(
          { ...reached, clock: systemClock, startWorker: startMotionWorker },
          question,
          onProgress,
          signal,
        ),
      onFault: (error) => console.warn(error),
    });
    // Things outside React that this effect starts and stops.
    // oxlint-disable-next-line react/set-state-in-effect
    setParts({ pictures, motion });
    return () => {
      motion.cancel();
      pictures.stop();
    };
  }, [client, link]);
  return <PicturesContext.Provider value={parts}>{children}</PicturesContext.Provider>;
}

/** The window's pictures; null until they are there. */
export function usePictures(): KeyPictures | null {
  return useContext(PicturesContext)?.pictures ?? null;
}

/** The window's motion search; null until it is there. */
export function useMotionDesk(): MotionDesk | null {
  return useContext(PicturesContext)?.motion ?? null;
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
