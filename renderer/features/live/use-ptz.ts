import { ORPCError } from "@orpc/client";
import { useEffect, useEffectEvent, useState, type RefObject } from "react";
import { useToasts } from "../../frame/frame-context.tsx";
import { useCommands } from "../../keyboard/KeyboardProvider.tsx";
import { failureWords } from "../../messages/failure-words.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useConsole } from "../../read-model/console-context.tsx";
import { FailureReason } from "../../../shared/model/device.ts";
import type { Channel } from "../../../shared/model/channel.ts";
import type { PtzPreset } from "../../../shared/contract/ptz.ts";
import { PtzHold } from "./ptz-hold.ts";
import { ptzCommands, ptzSpeeds } from "./ptz-commands.ts";

export interface PtzDeps {
  readonly channel: Channel;
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly onLeave: () => void;
}

/** A tile in PTZ mode, for its controls. */
export interface PtzModel {
  readonly hold: PtzHold;
  readonly isMoving: boolean;
  /** Undefined until the camera told them. */
  readonly presets: readonly PtzPreset[] | undefined;
  readonly home: () => void;
  readonly goTo: (preset: PtzPreset) => void;
}

/** Moves one camera by keys, wheel and the buttons that use its hold, for as long as it is mounted. */
export function usePtz({ channel, frame, onLeave }: PtzDeps): PtzModel {
  const say = useSay();
  const toasts = useToasts();
  const { client } = useConsole();
  const [isMoving, setIsMoving] = useState(false);
  const [presets, setPresets] = useState<readonly PtzPreset[]>();
  const channelId = channel.id;
  const fail = (error: unknown): void => {
    const { cause, remedy } = wordsOf(error);
    const title = say("ptz.failed", { name: channel.name });
    toasts.show({ severity: "warning", title, detail: `${say(cause)} ${say(remedy)}` });
  };
  const failed = useEffectEvent(fail);
  const [hold] = useState(
    () =>
      new PtzHold({
        move: (speed) => client.ptz.move({ channelId, ...speed }),
        stop: () => client.ptz.stop({ channelId }),
      }),
  );
  useEffect(() => {
    hold.start({ onFailure: (error) => failed(error), onMoving: setIsMoving });
    const letGo = (): void => hold.releaseAll();
    window.addEventListener("blur", letGo);
    return () => {
      window.removeEventListener("blur", letGo);
      hold.stop();
    };
  }, [hold]);
  useEffect(() => {
    const element = frame.current;
    // Before the digital zoom, which hears the wheel on the same element.
    const wheel = (event: WheelEvent): void => {
      if (event.deltaY === 0) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      hold.wheel(event.deltaY < 0 ? ptzSpeeds.usual : -ptzSpeeds.usual);
    };
    element?.addEventListener("wheel", wheel, { capture: true, passive: false });
    return () => element?.removeEventListener("wheel", wheel, { capture: true });
  }, [frame, hold]);
  useEffect(() => {
    let isCurrent = true;
    const ask = async (): Promise<void> => {
      try {
        const found = await client.ptz.presets({ channelId });
        if (isCurrent) setPresets(found);
      } catch (error) {
        if (isCurrent) failed(error);
      }
    };
    void ask();
    return () => {
      isCurrent = false;
    };
  }, [client, channelId]);
  const home = (): void => void client.ptz.home({ channelId }).catch(fail);
  useCommands(ptzCommands(hold, { home, leave: onLeave }));
  return {
    hold,
    isMoving,
    presets,
    home,
    goTo: ({ token }) => void client.ptz.goTo({ channelId, token }).catch(fail),
  };
}

/** Typed failures in the words used everywhere; anything else is the console's own fault. */
function wordsOf(error: unknown): (typeof failureWords)[FailureReason] {
  const { code, data } = error instanceof ORPCError ? error : { code: "", data: undefined };
  if (code === "NOT_MOVABLE") return failureWords["not-supported"];
  if (code === "NOT_FOUND") return failureWords["not-found"];
  const hasReason = typeof data === "object" && data !== null && "reason" in data;
  const reason = FailureReason.safeParse(hasReason ? data.reason : undefined);
  return failureWords[reason.success ? reason.data : "internal"];
}
