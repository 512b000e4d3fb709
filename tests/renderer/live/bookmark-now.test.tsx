import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { renderConsole } from "../render-console.tsx";
import { sampleSite } from "../sample-devices.ts";

afterEach(cleanup);

test("B on a tile keeps the moment; it can be taken back, or given a note in the review", async () => {
  const { site } = await renderConsole({
    devices: sampleSite(2),
    window: { page: "live", wallId: null },
  });
  await screen.findByRole("group", { name: /^Tile 1: / });
  fireEvent.keyDown(document.body, { key: "b" });
  await waitFor(() => expect(site.archive.bookmarks).toHaveLength(1));
  expect(site.archive.bookmarks[0]?.channels).toHaveLength(1);
  fireEvent.click((await screen.findAllByRole("button", { name: "Undo" }))[0] ?? document.body);
  await waitFor(() => expect(site.archive.bookmarks).toHaveLength(0));
  fireEvent.keyDown(document.body, { key: "b" });
  await waitFor(() => expect(site.archive.bookmarks).toHaveLength(1));
  fireEvent.click((await screen.findAllByRole("button", { name: "Add a note" }))[0] ?? document.body);
  const title = await screen.findByRole("textbox", { name: "Title" });
  expect((title as HTMLInputElement).value).toBe(site.archive.bookmarks[0]?.title);
});
