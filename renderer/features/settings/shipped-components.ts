/** A component that is part of the program, and its licence (SPDX). */
export interface ShippedComponent {
  readonly name: string;
  readonly licence: string;
}

/** The packages of package.json that ship; tests/renderer/settings/shipped-components.test.ts compares both. */
export const shippedComponents: readonly ShippedComponent[] = [
  { name: "@fontsource-variable/inter", licence: "OFL-1.1" },
  { name: "@orpc/client", licence: "MIT" },
  { name: "@orpc/contract", licence: "MIT" },
  { name: "@orpc/server", licence: "MIT" },
  { name: "@orpc/tanstack-query", licence: "MIT" },
  { name: "@radix-ui/colors", licence: "MIT" },
  { name: "@tanstack/react-query", licence: "MIT" },
  { name: "better-sqlite3", licence: "MIT" },
  { name: "hls.js", licence: "Apache-2.0" },
  { name: "intl-messageformat", licence: "BSD-3-Clause" },
  { name: "ipaddr.js", licence: "MIT" },
  { name: "lucide-react", licence: "ISC" },
  { name: "onvif", licence: "MIT" },
  { name: "react", licence: "MIT" },
  { name: "react-aria-components", licence: "Apache-2.0" },
  { name: "react-dom", licence: "MIT" },
  { name: "rotating-file-stream", licence: "MIT" },
  { name: "saxes", licence: "ISC" },
  { name: "uplot", licence: "MIT" },
  { name: "zod", licence: "MIT" },
  { name: "zustand", licence: "MIT" },
  { name: "electron", licence: "MIT" },
];
