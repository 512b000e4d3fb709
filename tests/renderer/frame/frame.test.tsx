import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { Bomb } from "lucide-react";
import { useEffect } from "react";
import { afterEach, expect, test, vi } from "vitest";
import type { Page } from "../../../renderer/frame/page.ts";
import { useKeyboard } from "../../../renderer/keyboard/KeyboardProvider.tsx";
import { findConflicts, type Command } from "../../../renderer/keyboard/command.ts";
import { pages } from "../../../renderer/pages.tsx";
import { JobId, WallId } from "../../../shared/base/ids.ts";
import type { Wall } from "../../../shared/model/layout.ts";
import { renderConsole } from "../render-console.tsx";
import { sampleSite } from "../sample-devices.ts";

afterEach(cleanup);

test("the rail goes to a page, and the window remembers it", async () => {
  const { site } = await renderConsole({ devices: sampleSite(1) });
  fireEvent.click(screen.getByRole("button", { name: "Settings" }));
  expect(await screen.findByRole("textbox", { name: "Site name" })).toBeDefined();
  await waitFor(() => expect(site.window.page).toBe("settings"));
  expect(screen.getByRole("button", { name: "Settings" }).getAttribute("aria-current")).toBe("page");
});

test("Ctrl+K finds a device and opens it", async () => {
  await renderConsole({ devices: sampleSite(20), window: { page: "settings", wallId: null } });
  await screen.findByText("Cameras");
  fireEvent.keyDown(document.body, { key: "k", ctrlKey: true });
  const palette = await screen.findByRole("dialog", { name: /Find a camera/ });
  const field = within(palette).getByRole("searchbox");
  fireEvent.change(field, { target: { value: "perimeter" } });
  fireEvent.click(await within(palette).findByRole("menuitem", { name: /^Perimeter north 10\.20\./ }));
  expect(await screen.findByRole("complementary", { name: "Perimeter north" })).toBeDefined();
});

test("from any page the palette opens a camera on Live, and a wall", async () => {
  const wall: Wall = {
    id: WallId.parse("wall-night"),
    name: "Night",
    layout: "4",
    columns: 2,
    rows: 2,
    tiles: [{ place: { column: 0, row: 0, columnSpan: 1, rowSpan: 1 }, channelId: null, mode: "auto" }],
    changedAt: 0,
  };
  await renderConsole({
    devices: sampleSite(20),
    walls: [wall],
    window: { page: "settings", wallId: null },
  });
  await screen.findByText("Cameras");
  fireEvent.keyDown(document.body, { key: "k", ctrlKey: true });
  const palette = await screen.findByRole("dialog", { name: /Find a camera/ });
  fireEvent.change(within(palette).getByRole("searchbox"), { target: { value: "lobby 110" } });
  fireEvent.click(await within(palette).findByRole("menuitem", { name: /^Lobby 110/ }));
  expect(await screen.findByRole("group", { name: /camera 110 Lobby$/ })).toBeDefined();
  fireEvent.keyDown(document.body, { key: ",", ctrlKey: true });
  await screen.findByRole("textbox", { name: "Site name" });
  fireEvent.keyDown(document.body, { key: "k", ctrlKey: true });
  fireEvent.click(await screen.findByRole("menuitem", { name: /^Night/ }));
  expect(await screen.findByRole("button", { name: "Wall Night" })).toBeDefined();
});

test("from any page a number opens its camera on Live; one that no camera has is said", async () => {
  await renderConsole({ devices: sampleSite(20), window: { page: "settings", wallId: null } });
  await screen.findByText("Cameras");
  for (const key of ["9", "9", "Enter"]) fireEvent.keyDown(document.body, { key });
  expect(await screen.findByText("No camera has the number 99")).toBeDefined();
  for (const key of ["1", "1", "0", "Enter"]) fireEvent.keyDown(document.body, { key });
  const tile = await screen.findByRole("group", { name: /camera 110 Lobby$/ });
  await waitFor(() => expect(tile.dataset["selected"]).toBe("true"));
});

test("the layout is changed by keys", async () => {
  await renderConsole({ devices: sampleSite(20), window: { page: "live", wallId: null } });
  expect(await screen.findByRole("radio", { name: "25", checked: true })).toBeDefined();
  fireEvent.keyDown(document.body, { key: "2", code: "Digit2", altKey: true });
  expect(await screen.findByRole("radio", { name: "4", checked: true })).toBeDefined();
});

test("? shows the keys of the page", async () => {
  await renderConsole({ devices: sampleSite(1) });
  await screen.findByRole("rowheader", { name: "Assembly point" });
  fireEvent.keyDown(document.body, { key: "?", shiftKey: true });
  const keys = await screen.findByRole("dialog", { name: "Keys of this page" });
  expect(within(keys).getByText("Rename")).toBeDefined();
  expect(within(keys).getByText("F2")).toBeDefined();
});

test.each(pages.map((page) => [page.id, page] as const))(
  "no two commands of %s share a key",
  async (id, page) => {
    const offered: (readonly Command[])[] = [];
    function Watched() {
      const commands = useKeyboard((state) => state.commands);
      useEffect(() => void offered.push(commands), [commands]);
      return <page.View />;
    }
    await renderConsole({ devices: sampleSite(1), window: { page: id, wallId: null } }, [
      ...pages.filter((other) => other.id !== id),
      { ...page, View: Watched },
    ]);
    await waitFor(() => expect(offered.at(-1)?.length).toBeGreaterThan(3));
    expect(findConflicts(offered.at(-1) ?? [])).toEqual([]);
  },
);

test("a page that fails takes nothing with it: it is said, written to the log, and can be opened again", async () => {
  let isBroken = true;
  function Broken() {
    if (isBroken) throw new Error("the wall fell over");
    return <p>standing again</p>;
  }
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const page: Page = {
    id: "live",
    title: "page.live",
    icon: Bomb,
    keys: "Ctrl+1",
    place: "start",
    View: Broken,
  };
  const { site } = await renderConsole({ window: { page: "live", wallId: null } }, [page]);
  const fault = await screen.findByRole("alert");
  expect(fault.textContent).toContain("This page has stopped");
  await waitFor(() => expect(site.calls.join()).toContain("the wall fell over"));
  isBroken = false;
  fireEvent.click(screen.getByRole("button", { name: "Open the page again" }));
  expect(await screen.findByText("standing again")).toBeDefined();
  vi.restoreAllMocks();
});

test("what the console has to say stands on every page until it is closed", async () => {
  const { feeds } = await renderConsole({ devices: sampleSite(1) });
  await waitFor(() => expect(feeds.notices.readers).toBe(1));
  act(() =>
    feeds.notices.push({
      id: "n1",
      at: 0,
      severity: "error",
      message: "notice.disk-full",
      detail: "0 bytes free",
    }),
  );
  expect(await screen.findByText("The disk is full")).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: "Settings" }));
  await screen.findByRole("textbox", { name: "Site name" });
  fireEvent.click(screen.getByRole("button", { name: "Close" }));
  await waitFor(() => expect(screen.queryByText("The disk is full")).toBeNull());
});

test("a running job is counted in the status bar, and cancelled from its list", async () => {
  const { feeds, site } = await renderConsole();
  await waitFor(() => expect(feeds.jobs.readers).toBe(1));
  act(() =>
    feeds.jobs.push({
      id: JobId.parse("job-1"),
      title: "job.adopt",
      step: "3 of 12",
      progress: 0.25,
      startedAt: Date.now(),
      endedAt: null,
      state: "running",
      failure: null,
      cancellable: true,
    }),
  );
  fireEvent.click(await screen.findByRole("button", { name: /1 job/ }));
  fireEvent.click(await screen.findByRole("button", { name: "Cancel Adopting cameras" }));
  await waitFor(() => expect(site.calls).toContain('jobs.cancel {"id":"job-1"}'));
});

test("cameras that are lost are counted in the status bar", async () => {
  const status = { channels: 10, live: 0, stale: 0, lost: 2, unwatched: 8 };
  const { feeds } = await renderConsole({ devices: sampleSite(10), status });
  const bar = screen.getByRole("contentinfo", { name: "Status" });
  await waitFor(() => expect(bar.textContent).toContain("2 lost"));
  expect(bar.textContent).toContain("8 not watched");
  act(() => feeds.status.push({ ...status, live: 8, unwatched: 0 }));
  await waitFor(() => expect(bar.textContent).toContain("8 live"));
});
