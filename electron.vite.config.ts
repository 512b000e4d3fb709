import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";

/** The oldest runtime the app must start on: the registry's Electron 33 (scripts/setup/electron-registry.mjs). */
const nodeTarget = "node20.18";
const chromeTarget = "chrome130";

/** Everything is bundled but what only exists at run time or carries native code. */
const external = ["electron", "better-sqlite3"];

const mainEntries = {
  index: resolve("electron/main/index.ts"),
  "store-worker": resolve("electron/store/worker.ts"),
  media: resolve("electron/media/entry.ts"),
  simulator: resolve("electron/simulator/entry.ts"),
};

export default defineConfig({
  main: {
    build: {
      target: nodeTarget,
      externalizeDeps: false,
      sourcemap: true,
      rolldownOptions: {
        external,
        input: mainEntries,
        output: { format: "es", entryFileNames: "[name].js", chunkFileNames: "chunks/[name]-[hash].js" },
      },
    },
  },
  preload: {
    build: {
      target: nodeTarget,
      externalizeDeps: false,
      rolldownOptions: {
        external: ["electron"],
        input: { index: resolve("electron/preload/index.ts") },
        output: { format: "cjs", entryFileNames: "[name].cjs" },
      },
    },
  },
  renderer: {
    root: "renderer",
    plugins: [react()],
    worker: { format: "es" },
    build: {
      target: chromeTarget,
      sourcemap: true,
      // Fonts and icons stay files: the page's policy allows no data: fonts.
      assetsInlineLimit: 0,
      rolldownOptions: { input: { index: resolve("renderer/index.html") } },
    },
  },
});
