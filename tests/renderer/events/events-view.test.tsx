import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { Event } from "../../../shared/model/event.ts";
import { exampleEvent } from "../../store/example-event.ts";
import { createFakeEvents } from "../fake-events.ts";
import { renderConsole } from "../render-console.tsx";
import { sampleSite } from "../sample-devices.ts";

afterEach(cleanup);

const window = { page: "events", wallId: null } as const;
const event = (id: number, part: Partial<Event>): Event => ({
  ...exampleEvent({ occurredAt: Date.now() - 60_000 + id, source: "device", ...part }),
  id,
});

test("the log shows what happened newest first, and what comes is on top at once", async () => {
  const happened = createFakeEvents();
  happened.events = [
    event(1, { type: "motion", place: "Gate" }),
    event(2, { type: "tamper", place: "Yard" }),
  ];
  await renderConsole({ devices: sampleSite(2), window, happened });
  await screen.findByRole("rowheader", { name: "Motion" });
  const heads = (): string[] => screen.getAllByRole("rowheader").map(({ textContent }) => textContent ?? "");
  expect(heads()).toEqual(["Camera tampered with", "Motion"]);
  happened.news.push({ events: [event(3, { type: "door-forced", place: "Lobby" })], missed: 0 });
  await waitFor(() => expect(heads()).toEqual(["Door forced", "Camera tampered with", "Motion"]));
});

test("words narrow the log, and nothing found says what to do", async () => {
  const happened = createFakeEvents();
  happened.events = [
    event(1, { type: "motion", place: "Gate" }),
    event(2, { type: "tamper", place: "Yard" }),
  ];
  await renderConsole({ devices: sampleSite(2), window, happened });
  const field = await screen.findByRole("searchbox", { name: "Search events" });
  fireEvent.change(field, { target: { value: "yard" } });
  await waitFor(() => expect(screen.queryByRole("rowheader", { name: "Motion" })).toBeNull());
  expect(await screen.findByRole("rowheader", { name: "Camera tampered with" })).toBeDefined();
  fireEvent.change(field, { target: { value: "nowhere" } });
  expect(await screen.findByText("No events here")).toBeDefined();
});

test("an event opens with everything the device said, every time it has", async () => {
  const happened = createFakeEvents();
  happened.events = [
    event(1, {
      type: "plate",
      items: [{ name: "PlateNumber", value: "WF 1234" }],
      offsetMs: -41_000,
      deviceAt: 5,
    }),
  ];
  await renderConsole({ devices: sampleSite(1), window, happened });
  fireEvent.click(await screen.findByRole("rowheader", { name: "Number plate" }));
  const detail = await screen.findByRole("complementary", { name: "Event" });
  expect(within(detail).getByText("WF 1234")).toBeDefined();
  expect(within(detail).getByText("−41.0 s")).toBeDefined();
  expect(within(detail).getByText("1970-01-01T00:00:00.005Z")).toBeDefined();
});

test("a device that is deaf is said above the log", async () => {
  const [device] = sampleSite(1);
  if (device === undefined) throw new Error("no device");
  const happened = createFakeEvents();
  happened.listening = [
    {
      deviceId: device.id,
      state: { kind: "deaf", since: 1, reason: "timeout", detail: "no answer", retryAt: null },
    },
  ];
  await renderConsole({ devices: [device], window, happened });
  expect(await screen.findByText(new RegExp(`1 device sends no events: ${device.name}`, "u"))).toBeDefined();
});

test("a log that cannot be read says so and comes with another try", async () => {
  const happened = createFakeEvents();
  happened.events = [event(1, { type: "motion" })];
  const { site } = await renderConsole({
    devices: sampleSite(1),
    window,
    happened,
    failing: new Set(["events.list"]),
  });
  const failure = await screen.findByRole("alert", {}, { timeout: 10_000 });
  expect(failure.textContent).toContain("Events could not be read");
  site.failing.clear();
  fireEvent.click(within(failure).getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("rowheader", { name: "Motion" })).toBeDefined();
});

test("what is filtered is kept under a name, shown again at a press, and removed with a way back", async () => {
  const happened = createFakeEvents();
  happened.events = [
    event(1, { type: "motion", place: "Gate" }),
    event(2, { type: "tamper", place: "Yard" }),
  ];
  await renderConsole({ devices: sampleSite(2), window, happened });
  const field = (): HTMLElement => screen.getByRole("searchbox", { name: "Search events" });
  await screen.findByRole("rowheader", { name: "Motion" });
  const choose = async (name: RegExp | string): Promise<void> => {
    fireEvent.click(screen.getByRole("button", { name: "Views" }));
    fireEvent.click(await screen.findByRole("menuitem", { name }));
  };
  fireEvent.change(field(), { target: { value: "yard" } });
  await waitFor(() => expect(screen.queryByRole("rowheader", { name: "Motion" })).toBeNull());
  await choose("Save this view…");
  const dialog = await screen.findByRole("dialog", { name: "Save this view" });
  fireEvent.change(within(dialog).getByRole("textbox", { name: "Name" }), {
    target: { value: " The yard " },
  });
  fireEvent.click(within(dialog).getByRole("button", { name: "Save" }));
  await waitFor(() => expect(happened.views).toHaveLength(1));
  expect(happened.views[0]).toMatchObject({
    name: "The yard",
    query: { text: "yard", deviceIds: [], types: [] },
    lastHours: 24,
    columns: ["place", "state", "detail"],
  });
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());

  fireEvent.change(field(), { target: { value: "" } });
  await screen.findByRole("rowheader", { name: "Motion" });
  await choose("The yard");
  await waitFor(() => expect(screen.queryByRole("rowheader", { name: "Motion" })).toBeNull());
  expect(field()).toHaveProperty("value", "yard");

  await choose("Remove “The yard”");
  await waitFor(() => expect(happened.views).toEqual([]));
  fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() => expect(happened.views).toHaveLength(1));
});
