import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { DiscoveryView } from "../../../shared/contract/discovery.ts";
import type { FakeSite } from "../fake-site.ts";
import { renderConsole } from "../render-console.tsx";
import { sampleNow, sampleSighting } from "../sample-devices.ts";

afterEach(cleanup);

const seen = (overrides: Partial<DiscoveryView["report"]> = {}): DiscoveryView => ({
  report: {
    running: false,
    startedAt: sampleNow,
    elapsedMs: 3_100,
    interfaces: [],
    sweeps: [],
    ignored: [],
    ...overrides,
  },
  sightings: [
    sampleSighting(0),
    sampleSighting(1, { flags: ["other-host"] }),
    sampleSighting(2, { gone: true }),
  ],
});

async function openDiscovery(seed: Partial<FakeSite>) {
  const fake = await renderConsole(seed);
  fireEvent.click(await screen.findByRole("button", { name: "Discover" }));
  return { ...fake, drawer: await screen.findByRole("complementary", { name: "Discovery" }) };
}

async function openAdopt(seed: Partial<FakeSite>) {
  const opened = await openDiscovery({ discovery: seen(), ...seed });
  fireEvent.click(await screen.findByRole("checkbox", { name: "Select all new devices" }));
  fireEvent.click(await screen.findByRole("button", { name: "Adopt 2 devices…" }));
  return { ...opened, dialog: await screen.findByRole("dialog", { name: /Adopt 2 devices/ }) };
}

test("nothing is asked on the network before Search is pressed", async () => {
  const { site, drawer } = await openDiscovery({});
  expect(site.calls.some((call) => call.startsWith("discovery.probe"))).toBe(false);
  fireEvent.click(within(drawer).getByRole("button", { name: "Search" }));
  await waitFor(() => expect(site.calls.some((call) => call.startsWith("discovery.probe"))).toBe(true));
});

test("each network card says what was sent, what came, and what went wrong", async () => {
  const card = {
    name: "eth1",
    address: "192.168.1.20",
    prefixLength: 24,
    family: "IPv4" as const,
    probesSent: 4,
    answers: 8,
    devices: 8,
    ignored: 0,
    firstAnswerMs: 10,
    lastAnswerMs: 540,
    failure: null,
    remarks: ["2 answered from 192.168.56.147, but you have no address there"],
  };
  const deaf = {
    ...card,
    name: "tun0",
    answers: 0,
    lastAnswerMs: null,
    failure: "no route for multicast",
    remarks: [],
  };
  const { drawer } = await openDiscovery({ discovery: seen({ interfaces: [card, deaf] }) });
  await within(drawer).findByText("eth1 · 192.168.1.20/24");
  expect(drawer.textContent).toContain("4 probes sent · 8 answers, last after 0.5 s");
  expect(drawer.textContent).toContain("you have no address there");
  expect(drawer.textContent).toContain("no route for multicast");
});

test("a running search shows what it finds while it runs", async () => {
  const { drawer, feeds } = await openDiscovery({});
  await waitFor(() => expect(feeds.discovery.readers).toBeGreaterThan(0));
  feeds.discovery.push(seen({ running: true }));
  expect(await within(drawer).findByRole("button", { name: "Stop" })).toBeDefined();
  expect(drawer.textContent).toContain("points at another host");
});

test("what said goodbye cannot be chosen", async () => {
  const { drawer } = await openDiscovery({ discovery: seen() });
  const boxes = await within(drawer).findAllByRole("checkbox", { name: /^Select Fabrikam/ });
  expect(boxes.map((box) => (box as HTMLInputElement).disabled)).toEqual([false, false, true]);
});

test("a bad range and a silent address say why at their field", async () => {
  const { drawer } = await openDiscovery({});
  const ask = async (field: string, text: string, button: string): Promise<void> => {
    fireEvent.change(within(drawer).getByRole("textbox", { name: field }), { target: { value: text } });
    fireEvent.click(within(drawer).getByRole("button", { name: button }));
    await Promise.resolve();
  };
  await ask("Sweep a range", "10.20", "Sweep");
  expect(await within(drawer).findByText(/That is not a range/)).toBeDefined();
  await ask("Add by address", "10.20.6.31", "Ask");
  expect(await within(drawer).findByText(/No camera answered there/)).toBeDefined();
});

test("adopting says for each device what it came to, why it failed and what to do, and retries those", async () => {
  const [fine, failed] = seen().sightings;
  if (fine === undefined || failed === undefined) throw new Error("no sightings");
  const outcome = { kind: "failed", sightingId: failed.id, reason: "locked-out", detail: "403" } as const;
  const { dialog, site } = await openAdopt({ outcomes: [outcome] });
  await within(dialog).findByRole("checkbox", { name: /Site cameras/ });
  fireEvent.click(within(dialog).getByRole("button", { name: "Adopt" }));
  await screen.findByText("0 adopted · 1 not adopted");
  expect(screen.getByText("account locked")).toBeDefined();
  expect(screen.getByText(/Wait until the camera unlocks it/)).toBeDefined();
  expect(site.calls.find((call) => call.startsWith("devices.adopt"))).toContain("credential-1");
  fireEvent.click(screen.getByRole("button", { name: "Try 1 device again…" }));
  fireEvent.click(await screen.findByRole("button", { name: "Adopt" }));
  await screen.findByText("0 adopted · 1 not adopted");
  const adopts = site.calls.filter((call) => call.startsWith("devices.adopt"));
  expect(adopts).toHaveLength(2);
  expect(adopts[1]).toContain(failed.id);
  expect(adopts[1]).not.toContain(fine.id);
});

test("a login that is switched off is not tried", async () => {
  const { dialog, site } = await openAdopt({});
  fireEvent.click(await within(dialog).findByRole("checkbox", { name: /Site cameras/ }));
  fireEvent.click(within(dialog).getByRole("button", { name: "Adopt" }));
  await waitFor(() => expect(site.calls.some((call) => call.startsWith("devices.adopt"))).toBe(true));
  expect(site.calls.find((call) => call.startsWith("devices.adopt"))).not.toContain("credential-1");
});

test("without a keychain a passphrase is asked for first, with the reason, and a wrong one is said", async () => {
  const vault = { kind: "passphrase-needed", isNew: false, backend: "basic_text" } as const;
  const { dialog } = await openAdopt({ vault });
  await within(dialog).findByText(/offers no real protection for passwords/);
  expect(within(dialog).getByRole("button", { name: "Adopt" }).hasAttribute("disabled")).toBe(true);
  const field = within(dialog).getByLabelText("Passphrase");
  fireEvent.change(field, { target: { value: "wrong horse" } });
  fireEvent.click(within(dialog).getByRole("button", { name: "Unlock" }));
  await within(dialog).findByText(/That is not the passphrase/);
  fireEvent.change(field, { target: { value: "correct horse" } });
  fireEvent.click(within(dialog).getByRole("button", { name: "Unlock" }));
  expect(await within(dialog).findByRole("checkbox", { name: /Site cameras/ })).toBeDefined();
});
