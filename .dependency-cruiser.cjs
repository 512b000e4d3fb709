/**
 * The direction rules of the architecture, held by `npm run check`.
 *
 * `shared` ← everyone. Drivers and the store know only `shared`. Capabilities are introduced to each other in
 * `electron/main/compose-*.ts` and `app.ts`, which nothing but the entry imports.
 *
 * @type {import("dependency-cruiser").IConfiguration}
 */
const rule = (name, comment, from, to) => ({ name, severity: "error", comment, from, to });

const ownCode = "^(shared|electron|renderer|tests|scripts)/";

module.exports = {
  forbidden: [
    rule(
      "no-cycles",
      "Two files that need each other are one thought or need a third.",
      {},
      { circular: true },
    ),
    rule(
      "resolvable",
      "An import that leads nowhere works by accident.",
      { path: ownCode },
      { couldNotResolve: true, pathNot: "^(virtual:|vite/client)" },
    ),
    rule(
      "shared-knows-nothing",
      "shared imports only shared, zod and @orpc/contract.",
      { path: "^shared/" },
      { pathNot: "^(shared/|node_modules/(zod|@orpc/contract)/)" },
    ),
    rule(
      "renderer-is-a-web-page",
      "The renderer imports nothing of electron/.",
      { path: "^renderer/" },
      { path: "^(electron/|node_modules/electron/)" },
    ),
    rule(
      "renderer-has-no-node",
      "The renderer has no Node core.",
      { path: "^renderer/" },
      { dependencyTypes: ["core"] },
    ),
    rule(
      "only-the-bridge-holds-the-port",
      "oRPC's port transport is used in renderer/bridge only.",
      { path: "^renderer/", pathNot: "^renderer/bridge/" },
      { path: "^node_modules/@orpc/client/dist/adapters/" },
    ),
    rule(
      "features-are-strangers",
      "Features do not import each other.",
      { path: "^renderer/features/([^/]+)/" },
      { path: "^renderer/features/", pathNot: "^renderer/features/$1/" },
    ),
    rule(
      "design-knows-no-domain",
      "The design system knows no domain word, no player, no bridge.",
      { path: "^renderer/design/" },
      { path: "^(shared/(model|contract)/|renderer/(features|bridge|player)/)" },
    ),
    rule(
      "electron-at-the-edges",
      "Only the platform folder, the entries and the preload script import electron.",
      {
        path: "^(electron|shared)/",
        pathNot: "^electron/(main/platform/|main/index\\.ts$|preload/|media/entry\\.ts$)",
      },
      { path: "^electron$|^node_modules/electron/" },
    ),
    rule(
      "sqlite-in-the-store",
      "better-sqlite3 is the store's.",
      { path: "^(electron|renderer|shared)/", pathNot: "^electron/store/" },
      { path: "^node_modules/(@types/)?better-sqlite3/" },
    ),
    rule(
      "onvif-in-its-driver",
      "The onvif package is its driver's.",
      { path: "^(electron|renderer|shared)/", pathNot: "^electron/drivers/onvif/" },
      { path: "^node_modules/onvif/" },
    ),
    rule(
      "drivers-know-no-application",
      "A driver speaks one protocol: shared and other drivers only.",
      { path: "^electron/drivers/" },
      { path: "^(electron|renderer|tests)/", pathNot: "^electron/drivers/" },
    ),
    rule(
      "store-knows-no-service",
      "The store knows shared only.",
      { path: "^electron/store/" },
      { path: "^(electron|renderer|tests)/", pathNot: "^electron/store/" },
    ),
    rule(
      "media-knows-drivers",
      "The media process knows shared and drivers only.",
      { path: "^electron/media/" },
      { path: "^(electron|renderer|tests)/", pathNot: "^electron/(media|drivers)/" },
    ),
    rule(
      "simulator-stands-alone",
      "The simulator shares no protocol code with what it tests.",
      { path: "^electron/simulator/" },
      { path: "^(electron|renderer|tests)/", pathNot: "^electron/simulator/" },
    ),
    rule(
      "nobody-imports-the-simulator",
      "The product starts the simulator as a process and never links it.",
      { path: "^(electron|renderer|shared)/", pathNot: "^electron/simulator/" },
      { path: "^electron/simulator/" },
    ),
    rule(
      "capabilities-meet-in-app",
      "A capability imports no other capability; app.ts introduces them. Who calls, and what they may, all know.",
      { path: "^electron/main/([^/]+)/", pathNot: "^electron/main/platform/" },
      { path: "^electron/main/[^/]+/", pathNot: "^electron/main/($1|platform|access)/" },
    ),
    rule(
      "platform-knows-no-capability",
      "The platform folder serves the capabilities; it knows their words as types at most.",
      { path: "^electron/main/platform/" },
      {
        path: "^electron/main/[^/]+/",
        pathNot: "^electron/main/(platform|access)/",
        dependencyTypesNot: ["type-only"],
      },
    ),
    rule(
      "store-and-drivers-by-service-only",
      "The store's inside (SQL, rows) stays inside: main sees its client and its types.",
      { path: "^electron/main/" },
      { path: "^electron/store/(worker|db|rows|migrate)" },
    ),
    rule(
      "app-is-the-top",
      "Nothing imports app.ts and its parts but the entry.",
      { path: "^(electron|renderer|shared)/", pathNot: "^electron/main/(index|app|compose-[a-z]+)\\.ts$" },
      { path: "^electron/main/(app|compose-[a-z]+)\\.ts$" },
    ),
    rule(
      "no-test-code-in-the-product",
      "Tests and their tools stay out of the product.",
      { path: "^(electron|renderer|shared)/" },
      {
        path: "^(tests|scripts)/|^node_modules/(vitest|fast-check|@playwright|axe-core|@axe-core|@testing-library)/",
      },
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
    preserveSymlinks: true,
    builtInModules: { add: ["electron"] },
  },
};
