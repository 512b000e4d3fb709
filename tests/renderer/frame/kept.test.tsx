import { cleanup, fireEvent, screen } from "@testing-library/react";
import { NotebookPen } from "lucide-react";
import { afterEach, expect, test } from "vitest";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { useKept } from "../../../renderer/frame/frame-context.tsx";
import type { Page } from "../../../renderer/frame/page.ts";
import { renderConsole } from "../render-console.tsx";

afterEach(cleanup);

let made = 0;

/** A page that keeps a counter of its own while it is not shown. */
function Notes() {
  const kept = useKept("notes", () => createStore(() => ({ number: (made += 1), presses: 0 })));
  const { number, presses } = useStore(kept);
  return (
    <button type="button" onClick={() => kept.setState({ presses: presses + 1 })}>
      {`notebook ${number} pressed ${presses}`}
    </button>
  );
}
const page = (id: Page["id"], View: Page["View"], keys: string): Page => ({
  id,
  title: id === "live" ? "page.live" : "page.devices",
  icon: NotebookPen,
  keys,
  place: "start",
  View,
});

test("what a page keeps is made once a window and is the same after a look at another page", async () => {
  const other = page("devices", () => <p>elsewhere</p>, "Ctrl+3");
  await renderConsole({ window: { page: "live", wallId: null } }, [page("live", Notes, "Ctrl+1"), other]);
  fireEvent.click(await screen.findByRole("button", { name: "notebook 1 pressed 0" }));
  fireEvent.keyDown(document.body, { key: "3", ctrlKey: true });
  expect(await screen.findByText("elsewhere")).toBeDefined();
  fireEvent.keyDown(document.body, { key: "1", ctrlKey: true });
  expect(await screen.findByRole("button", { name: "notebook 1 pressed 1" })).toBeDefined();
});

test("another window makes its own", async () => {
  await renderConsole({ window: { page: "live", wallId: null } }, [page("live", Notes, "Ctrl+1")]);
  expect(await screen.findByRole("button", { name: "notebook 2 pressed 0" })).toBeDefined();
});
