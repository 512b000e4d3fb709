import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import fc from "fast-check";
import { systemClock } from "../../../../shared/base/clock.ts";
import { LogFile } from "../../../../electron/main/platform/log-file.ts";
import { logLine, redactText } from "../../../../electron/main/platform/redaction.ts";

const canary = "canary-7Hq";

test.each([
  `rtsp://admin:${canary}@10.0.0.5:554/stream`,
  `<wsse:Password Type="http://x#PasswordDigest">${canary}</wsse:Password>`,
  `<Password>${canary}</Password>`,
  `Authorization: Digest username="admin", response="${canary}"`,
  `Authorization: Basic ${canary}aaaa`,
  `{"password": "${canary}", "a": 1}`,
  `password=${canary}&user=admin`,
  `passphrase: ${canary}`,
  `token='${canary}'`,
])("a login inside a text is taken out: %s", (text) => {
  expect(redactText(text)).not.toContain(canary);
  expect(logLine(0, "info", text, { detail: text })).not.toContain(canary);
});

test.each(["password", "userPassword", "passphrase", "authorization", "token", "apiKey", "secret"])(
  "a field called %s never shows its value",
  (name) => expect(logLine(0, "info", "fact", { [name]: canary })).not.toContain(canary),
);

test("what helps is kept: addresses, codes, words", () => {
  const line = logLine(0, "warn", "camera lost", {
    device: "d-1",
    uri: "rtsp://10.0.0.5:554/main",
    attempt: 3,
  });
  expect(line).toBe(
    "1970-01-01T00:00:00.000Z warn  camera lost device=d-1 uri=rtsp://10.0.0.5:554/main attempt=3\n",
  );
});

test("a line is one line whatever is in it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (message, value) => {
      const line = logLine(0, "info", message, { value });
      expect(line.slice(0, -1)).not.toMatch(/[\r\n]/);
      expect(line.endsWith("\n")).toBe(true);
    }),
  );
});

let folder = "";
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "wf-log-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

test("the log is written to its folder and turned over before it grows beyond measure", async () => {
  const log = new LogFile({ clock: systemClock, folder, mirror: false });
  log.start();
  for (let n = 0; n < 4_000; n++) log.info("filler", { n, text: "x".repeat(1_800) });
  await log.stop();
  const names = fs.readdirSync(folder).filter((name) => name.includes("watchfloor.log"));
  expect(names.length).toBeGreaterThan(1);
  for (const name of names) expect(fs.statSync(path.join(folder, name)).size).toBeLessThan(8_000_000);
});

test("a folder that cannot be written costs the log, not the run", async () => {
  const file = path.join(folder, "file");
  fs.writeFileSync(file, "");
  const log = new LogFile({ clock: systemClock, folder: path.join(file, "logs"), mirror: false });
  log.start();
  log.info("still here");
  await log.stop();
  expect(fs.statSync(file).size).toBe(0);
});
