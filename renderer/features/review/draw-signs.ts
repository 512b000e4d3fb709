import type { Drawing, TimelineColours } from "./drawing.ts";
import { boxOf, type TimelineScene, type TimelineSize } from "./timeline-scene.ts";

/** Events: a bar while it lasted, a stroke at an instant; where they are counted, the stronger the more there were. */
export function drawEvents(
  drawing: Drawing,
  scene: TimelineScene,
  size: TimelineSize,
  colours: TimelineColours,
): void {
  drawing.fillStyle = colours.event;
  for (const [index, { channelId }] of scene.lanes.entries()) {
    for (const sign of scene.events.get(channelId) ?? []) {
      const box = boxOf(scene, size, sign, index);
      if (box === undefined) continue;
      const isCounted = sign.count > 1;
      drawing.globalAlpha = isCounted ? Math.min(0.9, 0.45 + Math.log10(sign.count) * 0.2) : 0.75;
      const inset = Math.max(1, Math.floor(box.height / 4));
      drawing.fillRect(box.x, box.y + inset, Math.max(2, box.width), box.height - 2 * inset);
    }
  }
  drawing.globalAlpha = 1;
}

/** Locks: a bracket over what is held. */
export function drawLocks(
  drawing: Drawing,
  scene: TimelineScene,
  size: TimelineSize,
  colours: TimelineColours,
): void {
  drawing.fillStyle = colours.lock;
  for (const lock of scene.locks) {
    for (const [index, lane] of scene.lanes.entries()) {
      if (!lock.channels.includes(lane.channelId)) continue;
      const box = boxOf(scene, size, lock, index);
      if (box === undefined) continue;
      drawing.fillRect(box.x, box.y - 2, box.width, 2);
      drawing.fillRect(box.x, box.y - 2, 2, box.height + 2);
      drawing.fillRect(box.x + box.width - 2, box.y - 2, 2, box.height + 2);
    }
  }
}

/** Bookmarks: a flag at an instant, a frame around a span. */
export function drawBookmarks(
  drawing: Drawing,
  scene: TimelineScene,
  size: TimelineSize,
  colours: TimelineColours,
): void {
  for (const bookmark of scene.bookmarks) {
    const colour = colours.bookmark[bookmark.colour];
    for (const [index, lane] of scene.lanes.entries()) {
      if (!bookmark.channels.includes(lane.channelId)) continue;
      const box = boxOf(scene, size, bookmark, index);
      if (box === undefined) continue;
      drawing.fillStyle = colour;
      if (box.width < 8) {
        drawing.fillRect(box.x - 1, box.y - 2, 3, box.height + 4);
        drawing.beginPath();
        drawing.moveTo(box.x + 2, box.y - 2);
        drawing.lineTo(box.x + 8, box.y + 1);
        drawing.lineTo(box.x + 2, box.y + 4);
        drawing.closePath();
        drawing.fill();
        continue;
      }
      drawing.globalAlpha = 0.3;
      drawing.fillRect(box.x, box.y - 1, box.width, box.height + 2);
      drawing.globalAlpha = 1;
      drawing.strokeStyle = colour;
      drawing.lineWidth = 1;
      drawing.strokeRect(box.x + 0.5, box.y - 0.5, box.width - 1, box.height + 1);
    }
  }
}
