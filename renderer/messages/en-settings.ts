/** The Settings page and the first-run page. */
export const enSettings = {
  "settings.title": "Settings",
} as const;
