import { defineConfig } from "vitest/config";

/** One project a kind of test; `vitest run --project unit` runs one of them. Timeouts are the outermost limit only. */
const timeouts = { testTimeout: 60_000, hookTimeout: 60_000 };
/** Devices, processes and files: on a machine that does ten other things as well they still end by themselves. */
const patience = { testTimeout: 120_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    passWithNoTests: false,
    projects: [
      { test: { name: "unit", include: ["tests/unit/**/*.test.{ts,mjs}"], ...timeouts } },
      { test: { name: "store", include: ["tests/store/**/*.test.ts"], ...patience } },
      {
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.ts"],
          globalSetup: ["tests/fixtures/claim-address-block.ts"],
          ...patience,
        },
      },
      {
        test: {
          name: "renderer",
          environment: "happy-dom",
          include: ["tests/renderer/**/*.test.{ts,tsx}"],
          ...timeouts,
        },
      },
    ],
  },
});
