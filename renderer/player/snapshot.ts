import type { Still } from "./player-state.ts";

/** What is written below the picture: who, and when by the site's clock. */
export interface SnapshotCaption {
  readonly title: string;
  readonly time: string;
}

const stripShare = 0.05;
const leastStripPx = 22;

/**
 * The whole picture as a PNG with a strip below it that holds name and capture time; nothing covers the picture.
 *
 * @returns base64 without prefix
 */
export async function snapshotPng({ video }: Still, caption: SnapshotCaption): Promise<string> {
  const width = video.videoWidth;
  const height = video.videoHeight;
  const strip = Math.max(leastStripPx, Math.round(height * stripShare));
  const canvas = new OffscreenCanvas(width, height + strip);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("no drawing surface for the snapshot");
  context.drawImage(video, 0, 0, width, height);
  context.fillStyle = "black";
  context.fillRect(0, height, width, strip);
  context.fillStyle = "white";
  context.font = `${Math.round(strip * 0.55)}px "Inter Variable", sans-serif`;
  context.textBaseline = "middle";
  const margin = strip * 0.4;
  const timeWidth = context.measureText(caption.time).width;
  context.fillText(caption.title, margin, height + strip / 2, width - timeWidth - 3 * margin);
  context.textAlign = "right";
  context.fillText(caption.time, width - margin, height + strip / 2);
  return await base64Of(await canvas.convertToBlob({ type: "image/png" }));
}

const keptWidth = 480;

/** A small JPEG of the picture for the next start. */
export async function keepsakeJpeg({ video }: Still): Promise<string> {
  const width = Math.min(keptWidth, video.videoWidth);
  const height = Math.round((width * video.videoHeight) / video.videoWidth);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("no drawing surface for the picture");
  context.drawImage(video, 0, 0, width, height);
  return await base64Of(await canvas.convertToBlob({ type: "image/jpeg", quality: 0.7 }));
}

async function base64Of(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const pieces: string[] = [];
  for (let offset = 0; offset < bytes.length; offset += 0x8000) {
    pieces.push(String.fromCharCode(...bytes.subarray(offset, offset + 0x8000)));
  }
  return btoa(pieces.join(""));
}
