import { defineConfig } from "@playwright/test";

/** End-to-end tests start the built app; `npm test` builds it and gives the runtime's place in the environment. */
export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "**/*.e2e.ts",
  outputDir: "test-results/e2e",
  // Each test runs an Electron with several processes and decodes pictures: side by side they would starve.
  workers: 1,
  fullyParallel: false,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: process.env["CI"] !== undefined,
  reporter: [["list"]],
});
