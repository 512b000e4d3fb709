import { z } from "zod";

/** What the demo needs to know of the simulator that runs; the rest of its ready line is not read. */
export const SimulatedSite = z.object({
  cameras: z
    .array(
      z.object({
        endpointReference: z.string().max(512),
        username: z.string().max(128),
      }),
    )
    .min(1),
});
export type SimulatedSite = z.infer<typeof SimulatedSite>;

/** The password every simulated camera is given (`SiteOptions.password`); it opens nothing but the simulation. */
export const simulatedPassword = "watchfloor-demo";
