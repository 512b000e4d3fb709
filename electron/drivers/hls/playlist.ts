import type { LiveWindow } from "./live-window.ts";

/** Parts are listed for this many of the newest segments. */
const segmentsWithParts = 3;

/** The Low-Latency HLS media playlist of a window (RFC 8216bis). */
export function writePlaylist(window: LiveWindow): string {
  const { segments, partTargetS } = window;
  const longest = segments.reduce((most, segment) => Math.max(most, Math.round(segment.durationS)), 1);
  const lines = [
    "#EXTM3U",
    "#EXT-X-VERSION:9",
    `#EXT-X-TARGETDURATION:${longest}`,
    `#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=${(partTargetS * 3).toFixed(5)}`,
    `#EXT-X-PART-INF:PART-TARGET=${partTargetS.toFixed(5)}`,
    `#EXT-X-MEDIA-SEQUENCE:${segments[0]?.sequence ?? 0}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${window.discontinuitySequence}`,
  ];
  let epoch: number | undefined;
  for (const [index, segment] of segments.entries()) {
    // The first segment's own discontinuity is counted in the header.
    if (segment.isDiscontinuous && index > 0) lines.push("#EXT-X-DISCONTINUITY");
    if (segment.epoch !== epoch) lines.push(`#EXT-X-MAP:URI="init-${segment.epoch}.mp4"`);
    epoch = segment.epoch;
    lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(segment.startedAt).toISOString()}`);
    if (index >= segments.length - segmentsWithParts) {
      for (const [number, part] of segment.parts.entries()) {
        const independent = part.isIndependent ? ",INDEPENDENT=YES" : "";
        const uri = `part-${segment.sequence}-${number}.m4s`;
        lines.push(`#EXT-X-PART:DURATION=${part.durationS.toFixed(5)},URI="${uri}"${independent}`);
      }
    }
    if (segment.isDone) {
      lines.push(`#EXTINF:${segment.durationS.toFixed(5)},`, `segment-${segment.sequence}.m4s`);
    }
  }
  const last = segments.at(-1);
  if (last) {
    const [sequence, part] = last.isDone ? [last.sequence + 1, 0] : [last.sequence, last.parts.length];
    lines.push(`#EXT-X-PRELOAD-HINT:TYPE=PART,URI="part-${sequence}-${part}.m4s"`);
  }
  return `${lines.join("\n")}\n`;
}
