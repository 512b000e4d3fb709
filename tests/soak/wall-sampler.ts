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

/** Runs in the page. */
function takeStrips(): Strip[] {
  const kept: unknown = Reflect.get(globalThis, "soakBeats");
  const beats = [...(Array.isArray(kept) ? kept.map(Number) : []), performance.now()];
  const gaps = beats.slice(1).map((at, index) => at - (beats[index] ?? at));
  const stoodStillMs = Math.max(0, ...gaps);
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return [...document.querySelectorAll<HTMLElement>("[data-tile] [data-channel][data-state]")].map((tile) => {
    const veil = tile.querySelector("[data-veil]");
    const isVeiled = veil !== null && Number(getComputedStyle(veil).opacity) >= 0.9;
    const claim = {
      camera:
        /camera \d+ (.*)$/.exec(tile.closest("[data-tile]")?.getAttribute("aria-label") ?? "")?.[1] ?? "",
      state: isVeiled ? "unproven" : (tile.dataset["state"] ?? ""),
      takenAt: Date.now(),
      stoodStillMs,
    };
    const video = tile.querySelector("video");
    const { videoWidth: width = 0, videoHeight: height = 0 } = video ?? {};
    if (context === null || video === null || width === 0 || video.readyState < 2)
      return { ...claim, width, height, top: 0, luma: null };
    const lines = Math.ceil(height / 45);
    const top = height - lines;
    canvas.width = width;
    canvas.height = lines;
    context.drawImage(video, 0, top, width, lines, 0, 0, width, lines);
    const { data } = context.getImageData(0, 0, width, lines);
    let text = "";
    for (let at = 0; at < data.length; at += 4) {
      const luma = 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
      text += String.fromCharCode(Math.round(luma));
    }
    return { ...claim, width, height, top, luma: btoa(text) };
  });
}
