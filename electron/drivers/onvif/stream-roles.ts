import type { StreamRole } from "../../../shared/model/stream.ts";
import type { MediaProfile } from "./media-profiles.ts";

/** Small tiles are about this large; the sub stream is the one nearest to it. */
const subPixels = 640 * 360;

/**
 * Which profile of one video source is the large one, which the small one.
 *
 * Main: the most pixels among H.264 and H.265, else any. Sub: of the smaller ones in those codecs the one
 * nearest to 640×360. Everything else is `other`.
 */
export function chooseRoles(profiles: readonly MediaProfile[]): ReadonlyMap<string, StreamRole> {
  const isVideo = (profile: MediaProfile): boolean => profile.codec === "H264" || profile.codec === "H265";
  const pixels = (profile: MediaProfile): number => profile.width * profile.height;
  const larger = (a: MediaProfile, b: MediaProfile): number =>
    pixels(b) - pixels(a) || b.bitrateKbps - a.bitrateKbps || b.fps - a.fps;
  const playable = profiles.filter(isVideo);
  const [main] = (playable.length > 0 ? playable : [...profiles]).sort(larger);
  const roles = new Map<string, StreamRole>(profiles.map((profile) => [profile.token, "other"]));
  if (main === undefined) return roles;
  roles.set(main.token, "main");
  const distance = (profile: MediaProfile): number =>
    Math.abs(Math.log(Math.max(1, pixels(profile)) / subPixels));
  const smaller = (playable.length > 0 ? playable : [...profiles]).filter(
    (profile) => profile !== main && pixels(profile) < pixels(main),
  );
  const [sub] = smaller.sort((a, b) => distance(a) - distance(b));
  if (sub !== undefined) roles.set(sub.token, "sub");
  return roles;
}
