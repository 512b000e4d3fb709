import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { renderConsole } from "../render-console.tsx";
import { sampleSite } from "../sample-devices.ts";

afterEach(cleanup);

const arrowLeft = { key: "ArrowLeft", code: "ArrowLeft" };
const arrowRight = { key: "ArrowRight", code: "ArrowRight" };

/** A wall of two cameras, of which only the first has a moving head; it is in PTZ mode. */
async function steering() {
  const { site } = await renderConsole({
    devices: sampleSite(2),
    window: { page: "live", wallId: null },
  });
  const tile = await screen.findByRole("group", { name: /^Tile 1: .*Assembly point/ });
  fireEvent.pointerDown(tile);
  fireEvent.keyDown(document.body, { key: "p", code: "KeyP" });
  const pad = await screen.findByRole("group", { name: "Move Assembly point" });
  const asked = (name: string): string[] => site.calls.filter((call) => call.startsWith(`ptz.${name} `));
  return { site, tile, pad, asked };
}

const isSelected = (name: RegExp): string | null =>
  screen.getByRole("group", { name }).getAttribute("data-selected");

test("an arrow key held down moves the camera, goes on being renewed, and its release stops it", async () => {
  const { asked } = await steering();
  fireEvent.keyDown(document.body, arrowLeft);
  fireEvent.keyDown(document.body, { ...arrowLeft, repeat: true });
  await waitFor(() =>
    expect(asked("move")[0]).toBe('ptz.move {"channelId":"channel-0","pan":-0.6,"tilt":0,"zoom":0}'),
  );
  await waitFor(() => expect(asked("move").length).toBeGreaterThan(2), { timeout: 3_000 });
  expect(asked("stop")).toEqual([]);
  fireEvent.keyUp(document.body, arrowLeft);
  await waitFor(() => expect(asked("stop")).toHaveLength(1));
  expect(isSelected(/^Tile 1/)).toBe("true");
});

test("with Shift it moves slowly, also when Shift is let go first", async () => {
  const { asked } = await steering();
  fireEvent.keyDown(document.body, { ...arrowRight, shiftKey: true });
  fireEvent.keyUp(document.body, { key: "Shift", code: "ShiftLeft" });
  fireEvent.keyUp(document.body, arrowRight);
  await waitFor(() => expect(asked("stop")).toHaveLength(1));
  expect(asked("move")[0]).toContain('"pan":0.15');
});

test("two keys turn it aslant; letting one go leaves the other", async () => {
  const { asked } = await steering();
  fireEvent.keyDown(document.body, arrowLeft);
  fireEvent.keyDown(document.body, { key: "ArrowUp", code: "ArrowUp" });
  await waitFor(() => expect(asked("move").at(-1)).toMatch(/"pan":-0.6,"tilt":0.6/));
  fireEvent.keyUp(document.body, arrowLeft);
  await waitFor(() => expect(asked("move").at(-1)).toMatch(/"pan":0,"tilt":0.6/));
  fireEvent.keyUp(document.body, { key: "ArrowUp", code: "ArrowUp" });
  await waitFor(() => expect(asked("stop")).toHaveLength(1));
});

test("a window that loses the keyboard, and a tile that leaves PTZ mode, stop the camera", async () => {
  const { asked } = await steering();
  fireEvent.keyDown(document.body, arrowLeft);
  fireEvent.blur(window);
  await waitFor(() => expect(asked("stop")).toHaveLength(1));
  fireEvent.keyDown(document.body, arrowRight);
  fireEvent.keyDown(document.body, { key: "Escape", code: "Escape" });
  await waitFor(() => expect(asked("stop")).toHaveLength(2));
  expect(screen.queryByRole("group", { name: "Move Assembly point" })).toBeNull();
});

test("the wheel over the tile zooms the camera for a moment, not the picture", async () => {
  const { tile, asked } = await steering();
  fireEvent.wheel(tile, { deltaY: -100 });
  await waitFor(() => expect(asked("move")[0]).toMatch(/"zoom":0.6/));
  await waitFor(() => expect(asked("stop")).toHaveLength(1));
});

test("the pad moves while it is pressed", async () => {
  const { pad, asked } = await steering();
  const up = within(pad).getByRole("button", { name: "Turn the camera up" });
  fireEvent.keyDown(up, { key: " ", code: "Space" });
  await waitFor(() => expect(asked("move")[0]).toMatch(/"tilt":0.6/));
  fireEvent.keyUp(up, { key: " ", code: "Space" });
  await waitFor(() => expect(asked("stop")).toHaveLength(1));
});

test("presets are listed by the camera's names, and a failure is said in plain words", async () => {
  const { pad, asked } = await steering();
  fireEvent.click(within(pad).getByRole("button", { name: "Presets" }));
  expect(await screen.findByRole("menuitem", { name: "Preset 1" })).toBeDefined();
  fireEvent.click(screen.getByRole("menuitem", { name: "Entrance" }));
  await waitFor(() => expect(asked("goTo")).toEqual(['ptz.goTo {"channelId":"channel-0","token":"01"}']));
  expect(await screen.findByText("Assembly point was not moved")).toBeDefined();
});

test("a move that fails ends, and is said once", async () => {
  const { site, asked } = await steering();
  site.failing.add("ptz.move");
  site.failing.add("ptz.stop");
  fireEvent.keyDown(document.body, arrowLeft);
  expect(await screen.findByText("Assembly point was not moved")).toBeDefined();
  await waitFor(() => expect(asked("stop")).toHaveLength(1));
  const moves = asked("move").length;
  fireEvent.keyUp(document.body, arrowLeft);
  expect(screen.getAllByText("Assembly point was not moved")).toHaveLength(1);
  expect(asked("move")).toHaveLength(moves);
});

test("? explains each key once, as what it does now", async () => {
  await steering();
  fireEvent.keyDown(document.body, { key: "?", code: "Slash", shiftKey: true });
  const keys = await screen.findByRole("dialog", { name: "Keys of this page" });
  expect(within(keys).getByText("Turn the camera left")).toBeDefined();
  expect(within(keys).getByText("Turn the camera left slowly")).toBeDefined();
  expect(within(keys).queryByText("Select the tile to the left")).toBeNull();
});

test("a camera without a moving head is not offered to be moved", async () => {
  await steering();
  fireEvent.keyDown(document.body, { key: "Escape", code: "Escape" });
  fireEvent.keyDown(document.body, arrowRight);
  await waitFor(() => expect(isSelected(/^Tile 2/)).toBe("true"));
  fireEvent.keyDown(document.body, { key: "p", code: "KeyP" });
  expect(screen.queryByRole("group", { name: /^Move / })).toBeNull();
  const tools = screen.getByRole("toolbar", { name: /Loading bay/ });
  expect(within(tools).queryByRole("button", { name: "Move the camera" })).toBeNull();
});
