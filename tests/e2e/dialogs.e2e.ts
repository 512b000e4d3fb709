import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "@playwright/test";
import type { ConsoleUnderTest } from "./console-under-test.ts";
import { expect, test } from "./harness.ts";
import { projectRoot } from "./runtime.ts";
import { damageSite, demo, passphrase } from "./steps.ts";

/** The system's dialogs answer with these paths from now on. */
async function answerDialogs({ app }: ConsoleUnderTest, folder: string, file: string): Promise<void> {
  await app.evaluate(
    ({ dialog }, answers) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [answers.folder] });
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: answers.file });
    },
    { folder, file },
  );
}

const goTo = (page: Page, name: string): Promise<void> =>
  page.getByRole("button", { name, exact: true }).click();

/** The app behind a few lines that answer its first question: it comes before there is a window to speak to. */
async function appThatAnswers(userDataDir: string, asked: string): Promise<string> {
  const folder = path.join(userDataDir, "answers");
  await mkdir(folder);
  await writeFile(
    path.join(folder, "package.json"),
    JSON.stringify({ name: "watchfloor", version: "0.1.0", type: "module", main: "main.js" }),
  );
  await writeFile(
    path.join(folder, "main.js"),
    `import { writeFileSync } from "node:fs";
     import { app, dialog } from "electron";
     dialog.showMessageBox = (options) => {
       writeFileSync(${JSON.stringify(asked)}, JSON.stringify(options));
       return Promise.resolve({ response: 0, checkboxChecked: false });
     };
     app.setAppPath(${JSON.stringify(projectRoot)});
     await import(${JSON.stringify(pathToFileURL(path.join(projectRoot, "out/main/index.js")).href)});`,
  );
  return folder;
}

test("a person is asked about a damaged site: the copy that was chosen is restored", async ({
  launch,
  userDataDir,
}) => {
  await damageSite(await launch());
  const asked = path.join(userDataDir, "asked.json");
  const second = await launch({ appFolder: await appThatAnswers(userDataDir, asked) });
  await expect(second.page.getByText("a copy was restored")).toBeVisible();
  const question = JSON.parse(await readFile(asked, "utf8")) as { message: string; buttons: string[] };
  expect(question.message).toBe("The site database is damaged");
  expect(question.buttons).toEqual([
    expect.stringMatching(/^Restore the copy of /),
    "Start with an empty site",
    "Quit",
  ]);
});

test("the device table goes to the file that was chosen, snapshots to the folder that was", async ({
  launch,
  userDataDir,
}) => {
  const console = await launch(demo(userDataDir, 1));
  const { page } = console;
  const folder = path.join(userDataDir, "chosen");
  const file = path.join(userDataDir, "devices.csv");
  await mkdir(folder);
  await answerDialogs(console, folder, file);
  await goTo(page, "Devices");
  await expect(page.getByRole("button", { name: "Export CSV…" })).toBeEnabled({ timeout: 60_000 });
  await page.getByRole("button", { name: "Export CSV…" }).click();
  await expect(page.getByText("1 device exported")).toBeVisible();
  expect((await readFile(file, "utf8")).split("\r\n")[0]).toContain("Name");
  await goTo(page, "Settings");
  await page.getByRole("button", { name: "Choose…" }).click();
  await expect(page.getByRole("textbox", { name: "Snapshot folder" })).toHaveValue(folder);
});

test("the passphrase of the stored logins is changed: only the new one opens them after a restart", async ({
  launch,
}) => {
  const first = await launch();
  await goTo(first.page, "Settings");
  await first.page.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await first.page.getByLabel("Passphrase again").fill(passphrase);
  await first.page.getByRole("button", { name: "Use this passphrase" }).click();
  await first.page.getByLabel("User name").fill("guard");
  await first.page.getByLabel("Password", { exact: true }).fill("secret of the gate");
  await first.page.getByRole("button", { name: "Add login" }).click();
  await expect(first.page.getByRole("button", { name: "Remove login guard" })).toBeVisible();

  await first.page.getByRole("button", { name: "Change passphrase…" }).click();
  const dialog = first.page.getByRole("dialog");
  const next = `${passphrase} two`;
  await dialog.getByLabel("Passphrase until now").fill("not the passphrase");
  await dialog.getByLabel("New passphrase").fill(next);
  await dialog.getByLabel("Passphrase again").fill(next);
  await dialog.getByRole("button", { name: "Use this passphrase" }).click();
  await expect(dialog.getByText("That is not the passphrase")).toBeVisible();
  await dialog.getByLabel("Passphrase until now").fill(passphrase);
  await dialog.getByRole("button", { name: "Use this passphrase" }).click();
  await expect(dialog).toBeHidden();
  await first.close();

  const second = await launch();
  const field = second.page.getByLabel("Passphrase", { exact: true });
  await field.fill(passphrase);
  await second.page.getByRole("button", { name: "Unlock" }).click();
  await expect(second.page.getByText("That is not the passphrase")).toBeVisible();
  await field.fill(next);
  await second.page.getByRole("button", { name: "Unlock" }).click();
  await expect(second.page.getByRole("button", { name: "Remove login guard" })).toBeVisible();
});
