import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { SightingId } from "../base/ids.ts";
import { DiscoveryReport, Sighting } from "../model/sighting.ts";

export const DiscoveryView = z.strictObject({ report: DiscoveryReport, sightings: z.array(Sighting) });
export type DiscoveryView = z.infer<typeof DiscoveryView>;

export const discovery = {
  view: oc.output(DiscoveryView),
  /** The whole view, at most ten times a second while something changes. */
  changed: oc.output(eventIterator(DiscoveryView)),
  /** Probes every network card; a run takes about 3 s. A second call while running joins the first. */
  probe: oc.output(z.null()),
  stop: oc.output(z.null()),
  /** Tries each address of a CIDR range (at most a /22) on the usual ports, without login. */
  sweep: oc
    .errors({ BAD_RANGE: { data: z.strictObject({ detail: z.string() }) } })
    .input(z.strictObject({ range: z.string().max(64) }))
    .output(z.null()),
  /** Asks one address directly: `10.0.0.5`, `10.0.0.5:8080`, `https://host/onvif/device_service`. */
  add: oc
    .errors({
      BAD_ADDRESS: { data: z.strictObject({ detail: z.string() }) },
      NO_ANSWER: { data: z.strictObject({ detail: z.string() }) },
    })
    .input(z.strictObject({ address: z.string().trim().min(1).max(512) }))
    .output(Sighting),
  forget: oc.input(z.strictObject({ id: SightingId })).output(z.null()),
};
