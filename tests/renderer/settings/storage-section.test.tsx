import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { sampleStorage } from "../fake-storage.ts";
import { renderConsole } from "../render-console.tsx";

afterEach(cleanup);
/** The machine may be busy. */
const patient = { timeout: 20_000 };
const onSettings = { window: { page: "settings", wallId: null } } as const;

test("a location says how full it is and how long it holds, and takes a limit in whole gigabytes", async () => {
  const { site } = await renderConsole(onSettings);
  expect(await screen.findByText(/400 GB of at most 800 GB taken/, {}, patient)).toBeDefined();
  expect(screen.getAllByText(/At today’s rate it holds 20 days/).length).toBeGreaterThan(0);
  const quota = screen.getByRole("textbox", { name: "Most for recordings (GB)" });
  fireEvent.change(quota, { target: { value: "half" } });
  fireEvent.keyDown(quota, { key: "Enter" });
  expect(await screen.findByText(/A whole number of gigabytes/)).toBeDefined();
  expect(site.storage.locations[0]?.quotaBytes).toBe(0);
  fireEvent.change(quota, { target: { value: "500" } });
  fireEvent.keyDown(quota, { key: "Enter" });
  await waitFor(() => expect(site.storage.locations[0]?.quotaBytes).toBe(5e11));
});

test("a folder is added by dialog, comes last, can come first, and gets the recordings of the first", async () => {
  const { site } = await renderConsole({ ...onSettings, chosenPath: "/mnt/second" });
  fireEvent.click(await screen.findByRole("button", { name: /Add a folder/ }, patient));
  const card = (await screen.findByTitle("/mnt/second", {}, patient)).closest("li");
  if (card === null) throw new Error("no card of the second location");
  fireEvent.click(within(card).getByRole("button", { name: "Use earlier" }));
  await waitFor(() => expect(site.storage.locations.map(({ id }) => Number(id))).toEqual([2, 1]));
  fireEvent.click(screen.getByRole("button", { name: /Move its recordings to/ }));
  fireEvent.click(await screen.findByRole("option", { name: "/mnt/second" }));
  const dialog = await screen.findByRole("alertdialog");
  expect(dialog.textContent).toContain("/var/lib/watchfloor");
  fireEvent.click(within(dialog).getByRole("button", { name: "Move" }));
  await waitFor(() => expect(site.calls).toContain('storage.move {"fromId":1,"toId":2}'));
});

test("why a location cannot be used is said in words", async () => {
  const storage = sampleStorage();
  const locations = storage.locations.map((one) => ({
    ...one,
    state: "failed" as const,
    detail: "the disk is read-only",
  }));
  await renderConsole({ ...onSettings, storage: { ...storage, locations } });
  expect(await screen.findByText("the disk is read-only", {}, patient)).toBeDefined();
  expect(screen.getByText("cannot be used")).toBeDefined();
});

test("a group of cameras is made with its own limits", async () => {
  const { site } = await renderConsole(onSettings);
  fireEvent.click(await screen.findByRole("button", { name: "Add a group" }, patient));
  const dialog = await screen.findByRole("dialog");
  const save = within(dialog).getByRole("button", { name: "Save" });
  expect(save.hasAttribute("disabled")).toBe(true);
  fireEvent.change(within(dialog).getByRole("textbox", { name: "Name of the group" }), {
    target: { value: "Tills" },
  });
  fireEvent.change(within(dialog).getByRole("textbox", { name: "Keep for (days)" }), {
    target: { value: "90" },
  });
  fireEvent.click(within(dialog).getByRole("button", { name: "Save" }));
  await waitFor(() => expect(site.storage.groups).toMatchObject([{ name: "Tills", keepDays: 90 }]));
});
