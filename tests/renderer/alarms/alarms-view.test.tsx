import { cleanup, configure, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { renderConsole } from "../render-console.tsx";
import { sampleDesk } from "../sample-alarms.ts";
import { sampleSite } from "../sample-devices.ts";

// A table of many alarms takes a busy computer longer than the second that is usual.
configure({ asyncUtilTimeout: 20_000 });
afterEach(cleanup);

const press = (key: string): boolean => fireEvent.keyDown(document.body, { key });

/** The Alarms page with so many alarms. */
async function openDesk(count: number) {
  const console = await renderConsole({
    devices: sampleSite(8),
    desk: sampleDesk(count, Date.now()),
    window: { page: "alarms", wallId: null },
  });
  await screen.findByRole("heading", { name: "Alarms" });
  return console;
}

test("an intrusion is answered from first to last by keyboard", async () => {
  const { site } = await openDesk(1);
  await screen.findByText("Is somebody there who should not be?");
  press("a");
  await waitFor(() => expect(site.desk.alarms[0]?.acknowledged?.by).toBe("ann"));
  press("i");
  await waitFor(() => expect(document.activeElement?.textContent).toBe("Yes"));
  fireEvent.click(screen.getByRole("button", { name: "No" }));
  await waitFor(() => expect(screen.getByText("What to do · 2 of 2 done")).toBeDefined());
  press("c");
  fireEvent.click(await screen.findByRole("radio", { name: "False" }));
  fireEvent.change(screen.getByRole("textbox", { name: "Note" }), { target: { value: "a cat" } });
  fireEvent.click(screen.getByRole("button", { name: "Close alarm" }));
  // Its cause still stands: it is refused in words, and nothing is lost.
  await screen.findByText(/Its cause still stands/);
  expect(site.desk.alarms[0]?.closed).toBeNull();
});

test("several are acknowledged at once, and what was refused says why", async () => {
  const { site } = await openDesk(4);
  fireEvent.click(await screen.findByRole("checkbox", { name: "Select all" }));
  press("a");
  await waitFor(() => expect(site.desk.alarms.every(({ acknowledged }) => acknowledged !== null)).toBe(true));
  await screen.findByText(/Somebody has acknowledged it already/);
});

test("shelving needs a reason, and the alarm goes to the shelf and comes back by hand", async () => {
  const { site } = await openDesk(1);
  await screen.findByRole("button", { name: /^Shelve/ });
  press("s");
  fireEvent.click(await screen.findByRole("button", { name: "Shelve" }));
  await screen.findByText("Write a few words.");
  fireEvent.change(screen.getByRole("textbox", { name: "Reason" }), { target: { value: "painters" } });
  fireEvent.click(screen.getByRole("button", { name: "Shelve" }));
  await waitFor(() => expect(site.desk.alarms[0]?.shelved?.reason).toBe("painters"));
  await screen.findByText("No open alarms");
  fireEvent.click(screen.getByRole("radio", { name: /Shelved/ }));
  fireEvent.click(await screen.findByRole("button", { name: /Take off the shelf/ }));
  await waitFor(() => expect(site.desk.alarms[0]?.shelved).toBeNull());
});

test("an alarm of priority 1 is a banner on every other page, and is acknowledged there", async () => {
  const { site } = await renderConsole({
    devices: sampleSite(8),
    desk: sampleDesk(2, Date.now()),
    window: { page: "devices", wallId: null },
  });
  const banner = await screen.findByRole("alert");
  expect(banner.textContent).toContain("Intrusion");
  fireEvent.click(within(banner).getByRole("button", { name: "Acknowledge" }));
  await waitFor(() => expect(site.desk.alarms[0]?.acknowledged).not.toBeNull());
  expect(await screen.findByText(/^Tampering ·/)).toBeDefined();
  expect(screen.getByRole("button", { name: /Priority 1 ?1 ?Priority 2 ?1 .*open alarms/ })).toBeDefined();
});

test("a definition is written with its steps, and a step that leads back is refused in words", async () => {
  const { site } = await openDesk(0);
  fireEvent.click(screen.getByRole("button", { name: "Definitions" }));
  fireEvent.click(await screen.findByRole("button", { name: "Edit Door left open" }));
  fireEvent.change(await screen.findByRole("textbox", { name: "Name" }), {
    target: { value: "Gate left open" },
  });
  fireEvent.click(screen.getByRole("button", { name: "Add a step" }));
  fireEvent.change(await screen.findByRole("textbox", { name: "Step 1" }), {
    target: { value: "Go and look" },
  });
  const answers = screen.getByRole("textbox", { name: /^Answers/ });
  fireEvent.change(answers, { target: { value: "Again > 1" } });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await screen.findByText(/must lead to “end” or to the number of a later step/);
  fireEvent.change(answers, { target: { value: "Closed, Broken > end" } });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() =>
    expect(site.desk.definitions.find(({ name }) => name === "Gate left open")?.instructions).toMatchObject([
      {
        text: "Go and look",
        answers: [
          { label: "Closed", goTo: null },
          { label: "Broken", goTo: "end" },
        ],
      },
    ]),
  );
});

test("the load is shown, and what it suggests is applied with one press and taken back with another", async () => {
  const desk = sampleDesk(40, Date.now());
  const closed = { at: Date.now(), by: "ann", disposition: "nuisance" } as const;
  const { site } = await renderConsole({
    devices: sampleSite(8),
    desk: {
      ...desk,
      alarms: desk.alarms.map((alarm) =>
        alarm.title === "Tampering" ? { ...alarm, acknowledged: closed, standing: [], closed } : alarm,
      ),
    },
    window: { page: "alarms", wallId: null },
  });
  // Closed ones were raised, too: all that came in ten minutes are counted.
  await screen.findByText("Last 10 min: 13 alarms · target ≤ 2");
  fireEvent.click(await screen.findByRole("radio", { name: "Load" }));
  await screen.findByRole("row", { name: /^Alarms raised 40/ });
  const apply = await screen.findAllByRole("button", {
    name: /^Apply to Tampering: .*lower it to priority 3/,
  });
  const priority = () => site.desk.definitions.find(({ name }) => name === "Tampering")?.priority;
  const [first] = apply;
  if (first !== undefined) fireEvent.click(first);
  await waitFor(() => expect(priority()).toBe(3));
  fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() => expect(priority()).toBe(2));
  await screen.findByText("“Tampering” is as it was before");
});
