import { z } from "zod";

/** Ids are opaque strings; the brand keeps a channel's from being passed where a device's is wanted. */
const opaque = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/);

export const DeviceId = opaque.brand<"DeviceId">();
export type DeviceId = z.infer<typeof DeviceId>;
export const ChannelId = opaque.brand<"ChannelId">();
export type ChannelId = z.infer<typeof ChannelId>;
export const WallId = opaque.brand<"WallId">();
export type WallId = z.infer<typeof WallId>;
export const JobId = opaque.brand<"JobId">();
export type JobId = z.infer<typeof JobId>;
export const CredentialId = opaque.brand<"CredentialId">();
export type CredentialId = z.infer<typeof CredentialId>;
export const SightingId = opaque.brand<"SightingId">();
export type SightingId = z.infer<typeof SightingId>;
export const BookmarkId = opaque.brand<"BookmarkId">();
export type BookmarkId = z.infer<typeof BookmarkId>;
export const LockId = opaque.brand<"LockId">();
export type LockId = z.infer<typeof LockId>;
/** One playback that main has allowed; not to be guessed. */
export const PlaybackId = opaque.brand<"PlaybackId">();
export type PlaybackId = z.infer<typeof PlaybackId>;
export const AlarmId = opaque.brand<"AlarmId">();
export type AlarmId = z.infer<typeof AlarmId>;
export const AlarmDefinitionId = opaque.brand<"AlarmDefinitionId">();
export type AlarmDefinitionId = z.infer<typeof AlarmDefinitionId>;
