import { Rows2, Rows4, ZoomIn, ZoomOut } from "lucide-react";
import { IconButton } from "../../design/IconButton.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { useReview, useReviewScope } from "./review-context.tsx";

/** Zooming, and which cameras have a lane. */
export function RulerButtons() {
  const say = useSay();
  const { store, deck } = useReviewScope();
  const lanes = useReview((review) => review.lanes);
  return (
    <>
      <IconButton
        size="small"
        label={say(lanes === "shown" ? "review.lanes.all" : "review.lanes.shown")}
        icon={lanes === "shown" ? Rows4 : Rows2}
        keys="Shift+L"
        onPress={() => store.getState().toggleLanes()}
      />
      <IconButton
        size="small"
        label={say("review.zoomIn")}
        icon={ZoomIn}
        keys="+"
        onPress={() => store.getState().zoom(1 / 1.6, deck.at)}
      />
      <IconButton
        size="small"
        label={say("review.zoomOut")}
        icon={ZoomOut}
        keys="-"
        onPress={() => store.getState().zoom(1.6, deck.at)}
      />
    </>
  );
}
