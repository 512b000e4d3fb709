/** The Devices page: table, detail, adopt wizard. */
export const enDevices = {
  "devices.title": "Devices",
} as const;
