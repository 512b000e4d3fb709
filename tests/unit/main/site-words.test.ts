import { expect, test } from "vitest";
import { NoticesService } from "../../../electron/main/console/notices-service.ts";
import { askAboutDamage, refusalWords, sayOpening } from "../../../electron/main/console/site-words.ts";
import type { Damage } from "../../../electron/store/opening.ts";
import type { PersonQuestion } from "../../../electron/main/platform/desktop.ts";
import { FakeClock } from "../../fixtures/fake-clock.ts";

const file = "/site/site.sqlite3";
const copy = { file: "/site/backup/1.sqlite3", madeAt: Date.UTC(2026, 10, 21, 12) };

/** Asks about a damaged site and presses a button. */
async function choose(button: number, damage: Damage = { kind: "damaged", copy, detail: "malformed" }) {
  const asked: PersonQuestion[] = [];
  const choice = await askAboutDamage(damage, file, async (question) => {
    asked.push(question);
    return button;
  });
  return { choice, question: asked[0] };
}

test("a damaged site with a copy: restoring it is the first choice, closing the dialog changes nothing", async () => {
  const { choice, question } = await choose(0);
  expect(choice).toBe("restore");
  expect(question?.title).toBe("The site database is damaged");
  expect(question?.buttons[0]).toMatch(/^Restore the copy of 2026-11-2\d \d\d:\d\d$/);
  expect(question?.text).toContain("What changed after that copy was made would be lost.");
  expect(question?.text).toContain(file);
  expect(question?.text).toContain("malformed");
  expect([question?.defaultButton, question?.cancelButton]).toEqual([0, 2]);
  expect((await choose(1)).choice).toBe("start-empty");
  expect((await choose(2)).choice).toBe("quit");
});

test("a damaged site without a copy: Enter quits, an empty site must be chosen", async () => {
  const none: Damage = { kind: "damaged", copy: null, detail: "malformed" };
  const { choice, question } = await choose(0, none);
  expect(choice).toBe("start-empty");
  expect(question?.buttons).toEqual(["Start with an empty site", "Quit"]);
  expect(question?.text).toContain("There is no copy of it to restore.");
  expect([question?.defaultButton, question?.cancelButton]).toEqual([1, 1]);
  expect((await choose(1, none)).choice).toBe("quit");
});

test("an answer that no button has is taken as Quit", async () => {
  expect((await choose(7)).choice).toBe("quit");
});

test("every refusal says what is wrong, that nothing was changed, and where the site is", () => {
  for (const reason of ["newer-version", "not-a-site", "not-writable", "disk-full", "failed"] as const) {
    const { title, text } = refusalWords({ kind: "refused", reason, detail: "why" }, file);
    expect(title.length).toBeGreaterThan(10);
    expect(text).toContain("Nothing was changed.");
    expect(text).toContain(file);
    expect(text).toContain("why");
  }
});

test("what opening the site had to do is said in every window", () => {
  const notices = new NoticesService({ clock: new FakeClock() });
  const recovery = { detail: "malformed", restoredFrom: "1.sqlite3", damagedFile: "site-damaged-1.sqlite3" };
  const lines = sayOpening(
    { kind: "opened", recovery, warnings: ["disk-full", "backup-failed"] } as never,
    notices,
  );
  expect(lines).toEqual([
    "The site database was damaged: malformed. Restored from 1.sqlite3; the damaged file is kept as site-damaged-1.sqlite3.",
  ]);
  expect(notices.recent.map(({ message }) => message)).toEqual([
    "notice.store-restored",
    "notice.disk-full",
    "notice.backup-failed",
  ]);
});
