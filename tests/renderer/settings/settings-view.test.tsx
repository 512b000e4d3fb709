import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { renderConsole } from "../render-console.tsx";

afterEach(cleanup);
const onSettings = { window: { page: "settings", wallId: null } } as const;

test("a text setting is saved when its field is left, and a wrong one is not", async () => {
  const { site } = await renderConsole(onSettings);
  const name = await screen.findByRole("textbox", { name: "Site name" });
  fireEvent.focus(name);
  fireEvent.change(name, { target: { value: " " } });
  fireEvent.blur(name);
  expect(await screen.findByText(/A name of 1 to 64 characters/)).toBeDefined();
  expect(site.settings.siteName).toBe("My site");
  fireEvent.change(name, { target: { value: "North yard" } });
  fireEvent.keyDown(name, { key: "Enter" });
  await waitFor(() => expect(site.settings.siteName).toBe("North yard"));
  const status = screen.getByRole("contentinfo", { name: "Status" });
  await waitFor(() => expect(status.textContent).toContain("North yard"));
});

test("a switch takes effect at once", async () => {
  const { site } = await renderConsole(onSettings);
  fireEvent.click(await screen.findByRole("switch", { name: /Hear devices/ }));
  await waitFor(() => expect(site.settings.listenForHello).toBe(false));
});

test("recording is switched off, and how long it is kept takes whole days only", async () => {
  const { site } = await renderConsole(onSettings);
  fireEvent.click(await screen.findByRole("button", { name: /Record$/ }));
  fireEvent.click(await screen.findByRole("option", { name: "Never" }));
  await waitFor(() => expect(site.settings.recordingMode).toBe("off"));
  const days = screen.getByRole("textbox", { name: "Keep for (days)" });
  fireEvent.focus(days);
  fireEvent.change(days, { target: { value: "2.5" } });
  fireEvent.blur(days);
  expect(await screen.findByText(/A whole number of days/)).toBeDefined();
  expect(site.settings.recordingKeepDays).toBe(30);
  fireEvent.change(days, { target: { value: "14" } });
  fireEvent.keyDown(days, { key: "Enter" });
  await waitFor(() => expect(site.settings.recordingKeepDays).toBe(14));
});

test("reduced motion reaches the whole window", async () => {
  const { site, feeds } = await renderConsole(onSettings);
  await waitFor(() => expect(feeds.settings.readers).toBe(1));
  feeds.settings.push({ ...site.settings, reduceMotion: "always" });
  await waitFor(() => expect(document.documentElement.dataset["reduceMotion"]).toBe("always"));
});

test("a setting that is refused is said", async () => {
  await renderConsole({ ...onSettings, failing: new Set(["settings.put"]) });
  fireEvent.click(await screen.findByRole("switch", { name: /Hear devices/ }));
  expect(await screen.findByText("The setting was not saved")).toBeDefined();
});

test("a login is stored without its password ever coming back, and removed after a question", async () => {
  const { site } = await renderConsole(onSettings);
  const secret = "canary-7f3a";
  fireEvent.change(await screen.findByRole("textbox", { name: "User name" }), { target: { value: "root" } });
  fireEvent.change(screen.getByLabelText("Password"), { target: { value: secret } });
  fireEvent.click(screen.getByRole("button", { name: "Add login" }));
  await waitFor(() => expect(site.credentials).toHaveLength(2));
  await screen.findByRole("button", { name: "Remove login root" });
  expect(document.body.innerHTML).not.toContain(secret);
  fireEvent.click(screen.getByRole("button", { name: "Remove login root" }));
  const dialog = await screen.findByRole("alertdialog", { name: "Remove the login “root”?" });
  fireEvent.click(within(dialog).getByRole("button", { name: "Remove login" }));
  await waitFor(() => expect(site.credentials).toHaveLength(1));
});

test("the snapshot folder is the one chosen; closing the dialog leaves it as it was", async () => {
  const { site } = await renderConsole({ ...onSettings, chosenPath: "/mnt/pictures" });
  fireEvent.click(await screen.findByRole("button", { name: "Choose…" }));
  await waitFor(() => expect(site.settings.snapshotFolder).toBe("/mnt/pictures"));
  site.chosenPath = null;
  fireEvent.click(screen.getByRole("button", { name: "Choose…" }));
  await waitFor(() =>
    expect(site.calls.filter((call) => call.startsWith("app.chooseFolder"))).toHaveLength(2),
  );
  expect(site.settings.snapshotFolder).toBe("/mnt/pictures");
});

test("the log folder is opened", async () => {
  const { site } = await renderConsole(onSettings);
  fireEvent.click(await screen.findByRole("button", { name: "Open log folder" }));
  await waitFor(() => expect(site.calls.join()).toContain("app.openLogFolder"));
});

test("the hours of the week are set by keyboard, one by one and several in a row", async () => {
  const { site } = await renderConsole(onSettings);
  fireEvent.click(await screen.findByRole("button", { name: /Record$/ }));
  fireEvent.click(await screen.findByRole("option", { name: "By schedule" }));
  const first = await screen.findByRole("gridcell", { name: "Mon 00:00: on events" });
  fireEvent.focus(first);
  fireEvent.keyDown(first, { key: " " });
  const always = { day: 0, fromMinute: 0, toMinute: 60, mode: "continuous" };
  await waitFor(() => expect(site.settings.recordingSchedule[0]).toEqual(always));
  fireEvent.keyDown(first, { key: "ArrowRight", shiftKey: true });
  await waitFor(() => expect(site.settings.recordingSchedule[0]).toEqual({ ...always, toMinute: 120 }));
  expect(site.settings.recordingSchedule[1]).toMatchObject({ day: 0, fromMinute: 120, mode: "event" });
});
