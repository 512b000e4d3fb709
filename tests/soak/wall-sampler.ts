import type { Page } from "@playwright/test";
import { decodeFrameStamp } from "../../electron/simulator/scenes/frame-stamp.ts";
import type { TileSight } from "./live-oracle.ts";

interface Strip {
  readonly camera: string;
  readonly state: string;
  readonly width: number;
  readonly height: number;
  /** First line of the strip in the picture. */
  readonly top: number;
  /** Luma of the strip as base64, row by row over the picture's full width; null without a picture. */
  readonly luma: string | null;
  readonly takenAt: number;
  readonly stoodStillMs: number;
}

const beatEveryMs = 100;
const beatsKept = 10;

/** Has the page note every 100 ms that it runs, so that a long silence of the page can be told in the result. */
export async function startBeat(page: Page): Promise<void> {
  await page.evaluate(
    ({ everyMs, kept }) => {
      const beats: number[] = [performance.now()];
      Object.assign(globalThis, { soakBeats: beats });
      setInterval(() => {
        beats.push(performance.now());
        if (beats.length > kept) beats.shift();
      }, everyMs);
    },
    { everyMs: beatEveryMs, kept: beatsKept },
  );
}

/**
 * Looks at every tile of the wall: what it claims as it is drawn, and the stamp in the very frame its video shows.
 *
 * Claim and pixels are taken in one turn of the page, so nothing can change between them. The veil counts only when
 * nine tenths of it are there; how much is, is asked of the animation at that moment (computed style).
 */
export async function lookAtWall(page: Page): Promise<readonly TileSight[]> {
  const strips = await page.evaluate(takeStrips);
  return strips.map(({ luma, width, height, top, ...claim }) => {
    if (luma === null) return { ...claim, msOfMinute: null };
    const bytes = Buffer.from(luma, "base64");
    const stamp = decodeFrameStamp((x, y) => bytes[(y - top) * width + x] ?? 0, width, height);
    return { ...claim, msOfMinute: stamp?.msOfMinute ?? null };
  });
}

/**
 * Runs in the page. Claims and frames are all taken in its first turn; only reading the frames' bytes takes longer.
 *
 * Frames are read as the decoder left them, their luma alone. Drawn into a canvas instead, each costs the window shared
 * memory that it does not give back: 16 tiles twice a second came to 450 MB within half a minute.
 */
async function takeStrips(): Promise<Strip[]> {
  const kept: unknown = Reflect.get(globalThis, "soakBeats");
  const beats = [...(Array.isArray(kept) ? kept.map(Number) : []), performance.now()];
  const gaps = beats.slice(1).map((at, index) => at - (beats[index] ?? at));
  const stoodStillMs = Math.max(0, ...gaps);
  const tiles = [...document.querySelectorAll<HTMLElement>("[data-tile] [data-channel][data-state]")];
  const taken = tiles.map((tile) => {
    const veil = tile.querySelector("[data-veil]");
    const isVeiled = veil !== null && Number(getComputedStyle(veil).opacity) >= 0.9;
    const video = tile.querySelector("video");
    const hasPicture = video !== null && video.videoWidth > 0 && video.readyState >= 2;
    return {
      camera:
        /camera \d+ (.*)$/.exec(tile.closest("[data-tile]")?.getAttribute("aria-label") ?? "")?.[1] ?? "",
      state: isVeiled ? "unproven" : (tile.dataset["state"] ?? ""),
      takenAt: Date.now(),
      stoodStillMs,
      frame: hasPicture ? new VideoFrame(video) : null,
    };
  });
  const read = taken.map(async ({ frame, ...claim }): Promise<Strip> => {
    if (frame === null) return { ...claim, width: 0, height: 0, top: 0, luma: null };
    try {
      const { x, y, width, height } = frame.visibleRect ?? frame.codedRect ?? new DOMRectReadOnly();
      const lines = 2 * Math.ceil(height / 90);
      const rect = { x, y: y + height - lines, width, height: lines };
      if (frame.format?.startsWith("I420") !== true && frame.format !== "NV12")
        throw new Error(`the stamp of a ${frame.format ?? "hidden"} picture cannot be read`);
      const bytes = new Uint8Array(frame.allocationSize({ rect }));
      const [plane] = await frame.copyTo(bytes, { rect });
      if (plane === undefined) throw new Error("a picture without planes");
      let text = "";
      for (let line = 0; line < lines; line += 1) {
        const from = plane.offset + line * plane.stride;
        text += String.fromCharCode(...bytes.subarray(from, from + width));
      }
      return { ...claim, width, height, top: height - lines, luma: btoa(text) };
    } finally {
      frame.close();
    }
  });
  return await Promise.all(read);
}
