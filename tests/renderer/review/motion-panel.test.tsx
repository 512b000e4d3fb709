import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { renderConsole } from "../render-console.tsx";
import { sampleSite } from "../sample-devices.ts";

afterEach(cleanup);

const press = (key: string, more: object = {}): boolean => fireEvent.keyDown(document.body, { key, ...more });

/** The panel is open over the first camera of a small site. */
async function onMotion(): Promise<void> {
  await renderConsole({ window: { page: "review", wallId: null }, devices: sampleSite(2) });
  await screen.findAllByRole("group", { name: /^Recording of camera/ });
  press("M", { shiftKey: true });
  await screen.findByRole("heading", { name: "Find motion" });
}

test("an area is drawn by keyboard on the selected camera's picture, and taken back", async () => {
  await onMotion();
  expect(screen.getByText("No area: the whole picture")).toBeDefined();
  const layer = screen.getByRole("application", { name: /draw an area/ });
  for (const key of ["Enter", "ArrowRight", "ArrowDown", "Enter"]) fireEvent.keyDown(layer, { key });
  expect(await screen.findByText("1 area drawn")).toBeDefined();
  fireEvent.keyDown(layer, { key: "Backspace" });
  expect(await screen.findByText("No area: the whole picture")).toBeDefined();
  fireEvent.keyDown(layer, { key: "Escape" });
  await waitFor(() => expect(screen.queryByRole("heading", { name: "Find motion" })).toBeNull());
});

test("more than a day is refused in words and cannot be started", async () => {
  await onMotion();
  const start = (): HTMLElement => screen.getByRole("button", { name: "Search" });
  expect(start().hasAttribute("disabled")).toBe(false);
  for (let count = 0; count < 12; count += 1) press("-");
  expect(
    await screen.findByText("At most 24 hours are searched at once. Mark a shorter stretch."),
  ).toBeDefined();
  expect(start().hasAttribute("disabled")).toBe(true);
});
