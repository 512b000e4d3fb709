import type { Drawing, TimelineColours } from "./drawing.ts";
import type { TimelineScene, TimelineSize } from "./timeline-scene.ts";
import { drawBookmarks, drawEvents, drawLocks } from "./draw-signs.ts";
import { boxOf, laneTop, type TimelineBox } from "./timeline-scene.ts";
import { xOf } from "./time-view.ts";

/** Draws the ruler: marks, lanes with what is recorded and what is missing, bookmarks, locks, marked span, playhead. */
export function drawTimeline(
  drawing: Drawing,
  scene: TimelineScene,
  size: TimelineSize,
  colours: TimelineColours,
): void {
  drawing.globalAlpha = 1;
  drawing.fillStyle = colours.surface;
  drawing.fillRect(0, 0, size.width, size.height);
  drawing.font = colours.font;
  drawing.textBaseline = "middle";
  drawing.save();
  drawing.beginPath();
  drawing.rect(0, size.rulerHeight - 6, size.width, size.height);
  drawing.clip();
  drawTickLines(drawing, scene, size, colours);
  drawLanes(drawing, scene, size, colours);
  drawEvents(drawing, scene, size, colours);
  drawFuture(drawing, scene, size, colours);
  drawLocks(drawing, scene, size, colours);
  drawBookmarks(drawing, scene, size, colours);
  drawing.restore();
  drawTickLabels(drawing, scene, size, colours);
  drawMarks(drawing, scene, size, colours);
  drawPlayhead(drawing, scene, size, colours);
}

function drawTickLines(
  drawing: Drawing,
  scene: TimelineScene,
  size: TimelineSize,
  colours: TimelineColours,
): void {
  drawing.fillStyle = colours.line;
  for (const { at } of scene.ticks) {
    const x = Math.round(xOf(scene.view, at, size.width));
    drawing.fillRect(x, size.rulerHeight - 6, 1, size.height - size.rulerHeight + 6);
  }
}

function drawTickLabels(
  drawing: Drawing,
  scene: TimelineScene,
  size: TimelineSize,
  colours: TimelineColours,
): void {
  let freeFrom = Number.NEGATIVE_INFINITY;
  for (const { at, label, weight } of scene.ticks) {
    const x = Math.round(xOf(scene.view, at, size.width));
    if (x + 4 < freeFrom) continue;
    drawing.fillStyle = weight === "strong" ? colours.strongText : colours.text;
    drawing.fillText(label, x + 4, size.rulerHeight / 2);
    freeFrom = x + 4 + drawing.measureText(label).width + 8;
  }
}

function drawLanes(
  drawing: Drawing,
  scene: TimelineScene,
  size: TimelineSize,
  colours: TimelineColours,
): void {
  for (const [index, lane] of scene.lanes.entries()) {
    const top = laneTop(scene, size, index);
    if (top + size.laneHeight <= size.rulerHeight || top >= size.height) continue;
    drawing.fillStyle = colours.line;
    drawing.fillRect(0, top + size.laneHeight - 1, size.width, 1);
    for (const span of lane.spans) {
      const box = boxOf(scene, size, span, index);
      if (box === undefined) continue;
      if (span.kind === "gap") {
        // What was not to be recorded is no fault: it stays plain.
        if (span.cause !== "no-event" && span.cause !== "schedule") hatch(drawing, box, colours.gap);
        continue;
      }
      drawing.fillStyle = lane.channelId === scene.selectedId ? colours.strongText : colours.recorded;
      drawing.globalAlpha = lane.channelId === scene.selectedId ? 0.55 : 1;
      drawing.fillRect(box.x, box.y, box.width, box.height);
      drawing.globalAlpha = 1;
      if (span.isBroken) {
        drawing.fillStyle = colours.broken;
        drawing.fillRect(box.x, box.y + box.height - 2, box.width, 2);
      }
    }
  }
}

/** Slanted lines: nothing is there, and it is known why. */
function hatch(drawing: Drawing, box: TimelineBox, colour: string): void {
  drawing.save();
  drawing.beginPath();
  drawing.rect(box.x, box.y, box.width, box.height);
  drawing.clip();
  drawing.strokeStyle = colour;
  drawing.lineWidth = 1;
  drawing.beginPath();
  const first = Math.floor((box.x - box.height) / 6) * 6;
  for (let x = first; x < box.x + box.width; x += 6) {
    drawing.moveTo(x, box.y + box.height);
    drawing.lineTo(x + box.height, box.y);
  }
  drawing.stroke();
  drawing.restore();
}

function drawFuture(
  drawing: Drawing,
  scene: TimelineScene,
  size: TimelineSize,
  colours: TimelineColours,
): void {
  const x = xOf(scene.view, scene.now, size.width);
  if (x >= size.width) return;
  drawing.fillStyle = colours.future;
  drawing.globalAlpha = 0.7;
  drawing.fillRect(Math.max(0, x), size.rulerHeight, size.width - Math.max(0, x), size.height);
  drawing.globalAlpha = 1;
}

function drawMarks(
  drawing: Drawing,
  scene: TimelineScene,
  size: TimelineSize,
  colours: TimelineColours,
): void {
  const { inAt, outAt } = scene.marks;
  drawing.fillStyle = colours.select;
  if (inAt !== null && outAt !== null) {
    const left = xOf(scene.view, inAt, size.width);
    drawing.globalAlpha = 0.14;
    drawing.fillRect(left, 0, xOf(scene.view, outAt, size.width) - left, size.height);
    drawing.globalAlpha = 1;
  }
  for (const at of [inAt, outAt]) {
    if (at !== null) drawing.fillRect(Math.round(xOf(scene.view, at, size.width)), 0, 1, size.height);
  }
}

function drawPlayhead(
  drawing: Drawing,
  scene: TimelineScene,
  size: TimelineSize,
  colours: TimelineColours,
): void {
  if (scene.hoverAt !== null) {
    drawing.fillStyle = colours.text;
    drawing.globalAlpha = 0.6;
    drawing.fillRect(
      Math.round(xOf(scene.view, scene.hoverAt, size.width)),
      size.rulerHeight,
      1,
      size.height,
    );
    drawing.globalAlpha = 1;
  }
  const x = Math.round(xOf(scene.view, scene.playheadAt, size.width));
  drawing.fillStyle = colours.playhead;
  drawing.fillRect(x - 1, 0, 2, size.height);
  drawing.beginPath();
  drawing.moveTo(x - 6, 0);
  drawing.lineTo(x + 6, 0);
  drawing.lineTo(x, 7);
  drawing.closePath();
  drawing.fill();
}
