import { ChevronDown } from "lucide-react";
import { Button } from "../../design/Button.tsx";
import { Menu } from "../../design/Menu.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { playbackSpeeds } from "../../player/playback-pace.ts";
import { useDeckView, useReviewScope } from "./review-context.tsx";

/** `½`, `⅛` or the number; with a minus for backwards. */
export function speedName(speed: number): string {
  const fractions: Readonly<Record<string, string>> = { "0.125": "⅛", "0.25": "¼", "0.5": "½" };
  const length = Math.abs(speed);
  return `${speed < 0 ? "−" : ""}${fractions[String(length)] ?? String(length)}`;
}

/** How fast the common time runs. */
export function SpeedSelect() {
  const say = useSay();
  const { deck } = useReviewScope();
  const { speed } = useDeckView();
  const name = say("review.speedValue", { speed: speedName(speed) });
  return (
    <Menu
      label={say("review.speed")}
      entries={playbackSpeeds.map((value) => ({
        id: String(value),
        label: say("review.speedValue", { speed: speedName(value) }),
        run: () => deck.setSpeed(speed < 0 ? -value : value),
      }))}
    >
      <Button aria-label={`${say("review.speed")} ${name}`}>
        {name}
        <ChevronDown size={14} aria-hidden />
      </Button>
    </Menu>
  );
}
