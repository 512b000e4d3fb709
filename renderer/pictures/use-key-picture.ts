import { useEffect, useState } from "react";
import { systemClock } from "../../shared/base/clock.ts";
import type { ChannelId } from "../../shared/base/ids.ts";
import type { PictureFault } from "./picture-work.ts";
import { usePictures } from "./Pictures.tsx";

/** What can be shown of a moment. */
export type ShownPicture =
  | { readonly kind: "waiting" }
  | { readonly kind: "picture"; readonly url: string; readonly capturedAt: number }
  | { readonly kind: "none" }
  | PictureFault;

/** A pointer that moves on within this time asks for nothing. */
const restMs = 70;
const waiting: ShownPicture = { kind: "waiting" };

/**
 * The picture of a camera at a moment, as an address for `<img>`; null asks for nothing. The one shown stays until
 * the next is there; then its address is given back.
 */
export function useKeyPicture(
  question: { readonly channelId: ChannelId; readonly at: number } | null,
  widthPx: number,
): ShownPicture {
  const pictures = usePictures();
  const [shown, setShown] = useState<ShownPicture>(waiting);
  const channelId = question?.channelId;
  const at = question === null ? undefined : Math.round(question.at);
  useEffect(() => {
    if (pictures === null || channelId === undefined || at === undefined) return undefined;
    const ends = new AbortController();
    const { signal } = ends;
    const show = async (): Promise<void> => {
      await systemClock.sleep(restMs, signal);
      const found = await pictures.at({ channelId, at, widthPx }, signal);
      if (signal.aborted) return;
      setShown(
        found.kind === "picture"
          ? { kind: "picture", url: URL.createObjectURL(found.jpeg), capturedAt: found.capturedAt }
          : found,
      );
    };
    show().catch((error: unknown) => {
      if (!signal.aborted) setShown({ kind: "broken", detail: detailOf(error) });
    });
    return () => ends.abort(new Error("another moment"));
  }, [pictures, channelId, at, widthPx]);
  useEffect(() => {
    if (shown.kind !== "picture") return undefined;
    return () => URL.revokeObjectURL(shown.url);
  }, [shown]);
  return shown;
}

const detailOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
