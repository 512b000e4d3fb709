/** The discovery drawer and the adopt wizard. */
export const enDiscovery = {
  "discovery.title": "Discovery",
} as const;
