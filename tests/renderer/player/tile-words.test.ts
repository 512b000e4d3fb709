import { describe, expect, it } from "vitest";
import { messagesFor } from "../../../renderer/messages/messages.ts";
import type { PlayerView } from "../../../renderer/player/player-state.ts";
import { tileWords } from "../../../renderer/player/tile-words.ts";
import type { TileState } from "../../../shared/model/tile-state.ts";

const { say } = messagesFor("en");
const now = Date.UTC(2026, 0, 2, 3, 4, 5);
const words = (state: TileState, reason?: PlayerView["reason"]) =>
  tileWords(
    { state, plan: undefined, isPreparing: false, hasPicture: true, hasSound: false, reason },
    { say, zone: "UTC", now },
  );
const lost = { kind: "lost", reason: "unreachable", detail: "", lastFrameAt: now - 60_000 } as const;

describe("what a tile says", () => {
  it("lets a live or delayed picture speak for itself", () => {
    expect(words({ kind: "live", ageMs: 200 })).toBeUndefined();
    expect(words({ kind: "delayed", ageMs: 3_000 })).toBeUndefined();
  });

  it("says for how long there was no new picture, when the last one was taken, and what is known", () => {
    const state = { kind: "stale", lastFrameAt: now - 12_400, forMs: 12_400, isUrgent: true } as const;
    expect(words(state, "stalled")).toEqual({
      title: "No new picture for 12 s",
      lines: ["The camera answers, but its stream has stopped.", "last picture 03:03:52"],
      lastFrameAt: now - 12_400,
    });
  });

  it("says why a camera is lost, what to do, when it was last seen and when it is tried again", () => {
    expect(words({ ...lost, retryAt: now + 18_500 })?.lines[2]).toBe(
      "last picture 1 min ago · next try in 18 s",
    );
    expect(words({ ...lost, retryAt: null })?.lines[2]).toContain("trying now");
    expect(words({ ...lost, retryAt: now + 400 })?.lines[2]).toContain("trying now");
    expect(words({ ...lost, retryAt: null })?.lines[1]).toBe(
      "Check its power, its cable and the switch port it is on.",
    );
    expect(words({ ...lost, retryAt: null })?.title).toBe("Camera lost: unreachable");
  });

  it("says what a person can do where nothing happens by itself", () => {
    expect(words({ kind: "denied", reason: "unauthorised", detail: "" })?.lines).toHaveLength(2);
    expect(words({ kind: "unsupported", detail: "H265, JPEG" })?.title).toBe(
      "This computer cannot show H.265, JPEG",
    );
  });
});
