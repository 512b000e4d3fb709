import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { GroupId, LocationId, RecordingGroup, StorageLocation, StorageView } from "../model/storage.ts";

const refused = { REFUSED: { data: z.strictObject({ detail: z.string() }) } };

export const storage = {
  view: oc.output(StorageView),
  /** The whole view, at most once a second, after it changed. */
  changed: oc.output(eventIterator(StorageView)),
  /** Adds a folder behind the others; refused when it cannot be written or belongs to another site. */
  addLocation: oc
    .errors(refused)
    .input(z.strictObject({ root: z.string().min(1).max(4_096) }))
    .output(z.null()),
  saveLocation: oc
    .errors(refused)
    .input(StorageLocation.omit({ root: true }))
    .output(z.null()),
  /** The order in which locations are used; those that are not named follow behind. */
  orderLocations: oc.input(z.strictObject({ ids: z.array(LocationId).min(1).max(64) })).output(z.null()),
  /** Refused while it holds recordings: they are moved first. */
  removeLocation: oc
    .errors(refused)
    .input(z.strictObject({ id: LocationId }))
    .output(z.null()),
  /** Begins a job that moves everything from one location to another; it goes on after a crash. */
  move: oc
    .errors(refused)
    .input(z.strictObject({ fromId: LocationId, toId: LocationId }))
    .output(z.null()),
  /** `id: null` makes a new one; its channels leave the group they were in. */
  saveGroup: oc
    .errors(refused)
    .input(RecordingGroup.extend({ id: GroupId.nullable() }))
    .output(z.null()),
  removeGroup: oc
    .errors({ NOT_FOUND: {} })
    .input(z.strictObject({ id: GroupId }))
    .output(z.null()),
};
