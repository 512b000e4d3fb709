import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { DeviceId } from "../../../shared/base/ids.ts";
import { renderConsole } from "../render-console.tsx";
import { sampleDevice, sampleSite } from "../sample-devices.ts";

afterEach(cleanup);

/** The table row that a device's name heads. */
async function rowOf(name: string): Promise<HTMLElement> {
  const heading = await screen.findByRole("rowheader", { name });
  const row = heading.closest<HTMLElement>("[role=row]");
  if (row === null) throw new Error("a row header outside of a row");
  return row;
}
const toast = async (text: RegExp): Promise<HTMLElement> => screen.findByText(text);

test("the table shows every device, its state in words, and how many are in each view", async () => {
  await renderConsole({ devices: sampleSite(10) });
  const gate = await rowOf("Gate");
  expect(within(gate).getByText(/^unreachable/)).toBeDefined();
  expect(within(await rowOf("Roof plant")).getByText(/^wrong password/)).toBeDefined();
  expect(screen.getByRole("radio", { name: /Unreachable/ }).textContent).toBe("Unreachable2");
  fireEvent.click(screen.getByRole("radio", { name: /Unreachable/ }));
  await waitFor(() => expect(screen.queryByRole("rowheader", { name: "Lobby" })).toBeNull());
  expect(await rowOf("Gate")).toBeDefined();
});

test("a site without devices says what to do and opens discovery", async () => {
  await renderConsole();
  fireEvent.click(await screen.findByRole("button", { name: "Discover devices" }));
  expect(await screen.findByRole("complementary", { name: "Discovery" })).toBeDefined();
});

test("a list that cannot be read says so with its detail, and comes with another try", async () => {
  const { site } = await renderConsole({ devices: sampleSite(1), failing: new Set(["devices.list"]) });
  const failure = await screen.findByRole("alert", {}, { timeout: 5_000 });
  expect(failure.textContent).toContain("The devices could not be read");
  site.failing.clear();
  fireEvent.click(within(failure).getByRole("button", { name: "Try again" }));
  expect(await rowOf("Assembly point")).toBeDefined();
});

test("F2 renames the device with the focus, and Undo brings the old name back", async () => {
  const { site } = await renderConsole({ devices: sampleSite(2) });
  (await rowOf("Loading bay")).focus();
  fireEvent.keyDown(await rowOf("Loading bay"), { key: "F2" });
  const field = await screen.findByRole("textbox", { name: "Rename" });
  fireEvent.change(field, { target: { value: "Loading bay west" } });
  fireEvent.keyDown(field, { key: "Enter" });
  await toast(/is now “Loading bay west”/);
  expect(site.devices[1]?.name).toBe("Loading bay west");
  expect(await rowOf("Loading bay west")).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  await waitFor(() => expect(site.devices[1]?.name).toBe("Loading bay"));
});

test("a device is removed only after it was confirmed", async () => {
  const { site } = await renderConsole({ devices: sampleSite(2) });
  (await rowOf("Loading bay")).focus();
  fireEvent.keyDown(await rowOf("Loading bay"), { key: "Delete" });
  const dialog = await screen.findByRole("alertdialog", { name: "Remove “Loading bay”?" });
  expect(site.devices).toHaveLength(2);
  fireEvent.click(within(dialog).getByRole("button", { name: "Remove device" }));
  await waitFor(() => expect(site.devices).toHaveLength(1));
  await waitFor(() => expect(screen.queryByRole("rowheader", { name: "Loading bay" })).toBeNull());
});

test("a call number that is taken says by which camera", async () => {
  const { site } = await renderConsole({ devices: sampleSite(2) });
  fireEvent.keyDown(await rowOf("Loading bay"), { key: "Enter" });
  fireEvent.keyUp(await rowOf("Loading bay"), { key: "Enter" });
  const number = await screen.findByRole("textbox", { name: "Call number" });
  fireEvent.change(number, { target: { value: "101" } });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText(/101 already calls Assembly point/)).toBeDefined();
  fireEvent.change(number, { target: { value: "555" } });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await toast(/Saved: 555/);
  expect(site.devices[1]?.channels[0]?.number).toBe(555);
});

test("the detail of a lost device says why, what to do and when it is tried again", async () => {
  const state = {
    kind: "unreachable",
    since: 0,
    reason: "unauthorised",
    detail: "401 to GetProfiles",
    retryAt: null,
  } as const;
  await renderConsole({ devices: [sampleDevice(0, { state })] });
  fireEvent.keyDown(await rowOf("Assembly point"), { key: "Enter" });
  fireEvent.keyUp(await rowOf("Assembly point"), { key: "Enter" });
  const detail = await screen.findByRole("complementary", { name: "Assembly point" });
  expect(detail.textContent).toContain("refused the user name or the password");
  expect(detail.textContent).toContain("401 to GetProfiles");
  expect(detail.textContent).toContain("waits for you");
});

test("five hundred devices are in the table, and a change of one shows without reading the page anew", async () => {
  const { site, feeds } = await renderConsole({ devices: sampleSite(500) });
  expect((await screen.findByRole("radio", { name: /^All/ })).textContent).toBe("All500");
  site.devices = site.devices.map((device) =>
    device.id === "device-0" ? { ...device, name: "Assembly point north" } : device,
  );
  feeds.devices.push({ sequence: 1, kind: "saved", deviceId: DeviceId.parse("device-0") });
  expect(await rowOf("Assembly point north")).toBeDefined();
}, 60_000);

test("the table is exported to the file that was chosen; one that cannot be written is said", async () => {
  const { site } = await renderConsole({ devices: sampleSite(3), chosenPath: "/home/desk/devices.csv" });
  await rowOf("Corridor B");
  fireEvent.click(screen.getByRole("button", { name: "Export CSV…" }));
  await toast(/3 devices exported/);
  await toast(/devices\.csv/);
  expect(site.calls.join()).toContain("Corridor B");
  site.failing.add("app.saveFile");
  fireEvent.click(screen.getByRole("button", { name: "Export CSV…" }));
  await toast(/The file was not written/);
});

test("every time in a device's detail says UTC and the device's own time on hover", async () => {
  const device = sampleDevice(0, { clockOffsetMs: 41_000 });
  await renderConsole({ devices: [device] });
  fireEvent.click(await rowOf("Assembly point"));
  const detail = await screen.findByRole("complementary", { name: "Assembly point" });
  const times = within(detail).getAllByRole("time");
  expect(times.length).toBeGreaterThan(1);
  for (const time of times) {
    expect(time.title).toMatch(/\d UTC\n.*by the device’s own clock \(\+41\.0 s\)$/);
  }
});
