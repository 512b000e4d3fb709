import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { createFakeArchive } from "../fake-archive.ts";
import { renderConsole } from "../render-console.tsx";
import { sampleSite } from "../sample-devices.ts";

afterEach(cleanup);

const onReview = { window: { page: "review", wallId: null } } as const;
const press = (key: string, more: object = {}): boolean => fireEvent.keyDown(document.body, { key, ...more });
const tiles = (): HTMLElement[] => screen.queryAllByRole("group", { name: /^Recording of camera/ });

test("a site without cameras says what to do", async () => {
  await renderConsole(onReview);
  expect(await screen.findByRole("heading", { name: "No cameras yet" })).toBeDefined();
  expect(screen.getByRole("button", { name: "Find cameras" })).toBeDefined();
});

test("the first four cameras are opened, a number adds one, Delete takes it away", async () => {
  const { site } = await renderConsole({ ...onReview, devices: sampleSite(8) });
  await waitFor(() => expect(tiles()).toHaveLength(4));
  for (const key of ["1", "0", "6", "Enter"]) press(key);
  await waitFor(() => expect(tiles()).toHaveLength(5));
  expect(site.calls.some((call) => call.startsWith("recording.open") && call.includes("channel-5"))).toBe(
    true,
  );
  press("Delete");
  await waitFor(() => expect(tiles()).toHaveLength(4));
});

test("a tile without a recording says why and since when", async () => {
  const now = Date.now();
  await renderConsole({
    ...onReview,
    devices: sampleSite(1),
    archive: createFakeArchive({
      spans: [{ kind: "gap", from: now - 600_000, to: now + 600_000, cause: "disk-full" }],
    }),
  });
  expect(await screen.findByText("Nothing recorded here")).toBeDefined();
  expect(await screen.findByText(/^disk full since/)).toBeDefined();
});

test("B keeps the moment, its title is edited, deleting it can be undone", async () => {
  const { site } = await renderConsole({ ...onReview, devices: sampleSite(2) });
  await waitFor(() => expect(tiles()).toHaveLength(2));
  press("b");
  const title = await screen.findByRole("textbox", { name: "Title" });
  fireEvent.change(title, { target: { value: "Van at the gate" } });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  const list = await screen.findByRole("grid", { name: "Bookmarks" });
  expect(await within(list).findByText("Van at the gate")).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: "Delete Van at the gate" }));
  await waitFor(() => expect(site.archive.bookmarks).toHaveLength(0));
  const undo = await screen.findAllByRole("button", { name: "Undo" });
  const first = undo[0];
  if (first !== undefined) fireEvent.click(first);
  await waitFor(() =>
    expect(site.archive.bookmarks.map(({ title: kept }) => kept)).toEqual(["Van at the gate"]),
  );
});

test("a lock needs a marked stretch and a reason, and keeps both", async () => {
  const { site } = await renderConsole({ ...onReview, devices: sampleSite(2) });
  await waitFor(() => expect(tiles()).toHaveLength(2));
  press("o");
  expect(await screen.findByText(/Mark a stretch first/)).toBeDefined();
  press("[");
  press("ArrowRight");
  press("]");
  const button = screen.getByRole("button", { name: "Lock" });
  await waitFor(() => expect(button.hasAttribute("disabled")).toBe(false));
  fireEvent.click(button);
  expect(await screen.findByText("Say why these recordings must stay.")).toBeDefined();
  expect(site.archive.locks).toHaveLength(0);
  fireEvent.change(screen.getByRole("textbox", { name: /^Reason/ }), { target: { value: "Case 118" } });
  fireEvent.click(button);
  await waitFor(() => expect(site.archive.locks).toHaveLength(1));
  const lock = site.archive.locks[0];
  expect(lock?.reason).toBe("Case 118");
  expect((lock?.to ?? 0) - (lock?.from ?? 0)).toBe(5_000);
});

test("recordings that cannot be opened are said with the reason, and tried again", async () => {
  const { site } = await renderConsole({
    ...onReview,
    devices: sampleSite(1),
    failing: new Set(["recording.open"]),
  });
  expect(await screen.findByText(/The recordings cannot be opened/)).toBeDefined();
  site.failing.clear();
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(screen.queryByText(/The recordings cannot be opened/)).toBeNull());
});

test("the status bar says how many cameras are recorded and how long the disk lasts", async () => {
  const archive = createFakeArchive();
  const devices = sampleSite(2);
  archive.status = {
    ...archive.status,
    channels: devices
      .flatMap(({ channels }) => channels)
      .map(({ id }, index) => ({
        channelId: id,
        role: "main",
        choice: "site",
        mode: "continuous",
        request: null,
        state: index === 0 ? "recording" : "waiting",
        cause: index === 0 ? null : "offline",
        since: 1,
      })),
  };
  await renderConsole({ ...onReview, devices, archive });
  expect(await screen.findByText("Recording 1 of 2")).toBeDefined();
  expect(screen.getByText("disk holds 23 days")).toBeDefined();
});

test("the calendar is walked by arrows and shows the chosen day on the ruler", async () => {
  const now = Date.now();
  await renderConsole({
    ...onReview,
    devices: sampleSite(2),
    archive: createFakeArchive({
      spans: [{ kind: "recorded", from: now - 40 * 86_400_000, to: now, isBroken: false }],
    }),
  });
  await waitFor(() => expect(tiles()).toHaveLength(2));
  press("t");
  const calendar = await screen.findByRole("region", { name: "What each day holds" });
  const focusedDay = (): HTMLElement => within(calendar).getByRole("gridcell", { selected: true });
  await waitFor(() => expect(focusedDay().textContent).toMatch(/\d/));
  await waitFor(() => expect(within(focusedDay()).getByRole("button").title).toMatch(/recorded/));
  const grid = within(calendar).getByRole("grid");
  fireEvent.keyDown(grid, { key: "PageUp" });
  fireEvent.keyDown(grid, { key: "ArrowLeft" });
  fireEvent.click(within(focusedDay()).getByRole("button"));
  const ruler = await screen.findByRole("slider", { name: "Time ruler" });
  await waitFor(() => {
    const shown = Number(ruler.dataset["viewEnd"]) - Number(ruler.dataset["viewStart"]);
    expect(shown / 86_400_000).toBeCloseTo(1.05, 1);
  });
  expect(Number(ruler.dataset["viewEnd"])).toBeLessThan(now - 20 * 86_400_000);
});

test("all cameras of the site have a lane when asked for, and pressing one shows its pictures", async () => {
  const { site } = await renderConsole({ ...onReview, devices: sampleSite(70) });
  await waitFor(() => expect(tiles()).toHaveLength(4));
  press("L", { shiftKey: true });
  const lanes = screen.getByRole("list", { name: "Cameras of the ruler" });
  await waitFor(() => expect(within(lanes).getAllByRole("button")).toHaveLength(64));
  const last = within(lanes).getAllByRole("button").at(-1);
  if (last !== undefined) fireEvent.click(last);
  await waitFor(() => expect(tiles()).toHaveLength(5));
  expect(
    site.calls.some((call) => call.startsWith("recording.timeline") && call.includes("channel-63")),
  ).toBe(true);
});

test("the next gap is found by the store, and it is said when there is none", async () => {
  const now = Date.now();
  const from = now - 5 * 86_400_000;
  await renderConsole({
    ...onReview,
    devices: sampleSite(1),
    archive: createFakeArchive({ spans: [{ kind: "gap", from, to: from + 60_000, cause: "offline" }] }),
  });
  await waitFor(() => expect(tiles()).toHaveLength(1));
  press("ArrowLeft", { altKey: true });
  const ruler = screen.getByRole("slider", { name: "Time ruler" });
  await waitFor(() => expect(Number(ruler.getAttribute("aria-valuenow"))).toBe(from));
  press("ArrowLeft", { altKey: true });
  expect(await screen.findByText("No further gap on these cameras")).toBeDefined();
});
