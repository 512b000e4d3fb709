import { defineConfig } from "vitest/config";

/** One project a kind of test; `vitest run --project unit` runs one of them. */
const timeouts = { testTimeout: 15_000, hookTimeout: 20_000 };

export default defineConfig({
  test: {
    passWithNoTests: false,
    projects: [
      { test: { name: "unit", include: ["tests/unit/**/*.test.{ts,mjs}"], ...timeouts } },
      { test: { name: "store", include: ["tests/store/**/*.test.ts"], ...timeouts, testTimeout: 30_000 } },
      {
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.ts"],
          ...timeouts,
          testTimeout: 30_000,
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
