import type { TimelineColours } from "./drawing.ts";

/**
 * The drawing's colours as the style sheet has them now: a canvas knows no custom properties, so each is resolved
 * by an element.
 */
export function timelineColours(host: HTMLElement): TimelineColours {
  const probe = host.ownerDocument.createElement("span");
  host.append(probe);
  const colour = (token: string): string => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const { fontFamily } = getComputedStyle(host);
  const colours: TimelineColours = {
    surface: colour("--surface-1"),
    line: colour("--line"),
    text: colour("--text-2"),
    strongText: colour("--text-1"),
    recorded: colour("--recorded"),
    broken: colour("--p3"),
    gap: colour("--line-strong"),
    future: colour("--surface-0"),
    playhead: colour("--text-1"),
    select: colour("--select"),
    event: colour("--event"),
    lock: colour("--text-1"),
    bookmark: {
      blue: colour("--bookmark-blue"),
      green: colour("--bookmark-green"),
      amber: colour("--bookmark-amber"),
      red: colour("--bookmark-red"),
      violet: colour("--bookmark-violet"),
    },
    font: `11px ${fontFamily}`,
  };
  probe.remove();
  return colours;
}
