import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { createFakeArchive } from "../fake-archive.ts";
import { renderConsole } from "../render-console.tsx";
import { sampleSite } from "../sample-devices.ts";

afterEach(cleanup);

/** A camera that is recorded on events only, on a page. */
async function open(page: "live" | "review") {
  const devices = sampleSite(1);
  const channel = devices[0]?.channels[0];
  if (channel === undefined) throw new Error("one camera");
  const stream = { channelId: channel.id, role: "main", choice: "site", mode: "event" } as const;
  const archive = createFakeArchive();
  const { site } = await renderConsole({
    devices,
    window: { page, wallId: null },
    archive: {
      ...archive,
      status: {
        ...archive.status,
        channels: [{ ...stream, state: "armed", cause: null, since: 0, request: null }],
      },
    },
  });
  const asked = () => site.archive.status.channels[0]?.request ?? null;
  const minutesLeft = (): number => Math.round(((asked()?.until ?? 0) - Date.now()) / 60_000);
  return { asked, minutesLeft, name: channel.name };
}

test("the review page's pictures ask for a recording of any length, extend it and end it", async () => {
  const { asked, minutesLeft, name } = await open("review");
  const choose = async (button: string, entry: string | RegExp): Promise<void> => {
    fireEvent.click(await screen.findByRole("button", { name: button }));
    fireEvent.click(await screen.findByRole("menuitem", { name: entry }));
  };
  await choose(`Record ${name} now`, "Record for 5 minutes");
  await waitFor(() => expect(minutesLeft()).toBe(5));
  const running = `${name} is being recorded on request`;
  await choose(running, "Go on recording for 60 minutes from now");
  await waitFor(() => expect(minutesLeft()).toBe(60));
  await choose(running, "Stop recording (asked for by Anna)");
  await waitFor(() => expect(asked()).toBeNull());
});

test("a tile's menu offers every length once, and the end while it records", async () => {
  const { asked, minutesLeft } = await open("live");
  const lines = async (): Promise<readonly (string | null)[]> => {
    fireEvent.contextMenu(await screen.findByRole("group", { name: /^Tile 1: / }));
    const items = await screen.findAllByRole("menuitem");
    return items.map((item) => item.textContent).filter((text) => /record/i.test(text ?? ""));
  };
  const of = (words: (minutes: number) => string): readonly string[] => [5, 10, 30, 60].map(words);
  expect(await lines()).toEqual(of((minutes) => `Record for ${minutes} minutes`));
  fireEvent.click(screen.getByRole("menuitem", { name: "Record for 30 minutes" }));
  await waitFor(() => expect(minutesLeft()).toBe(30));
  expect(await lines()).toEqual([
    "Stop recording (asked for by Anna)",
    ...of((minutes) => `Go on recording for ${minutes} minutes from now`),
  ]);
  fireEvent.click(screen.getByRole("menuitem", { name: /^Stop recording/ }));
  await waitFor(() => expect(asked()).toBeNull());
});
