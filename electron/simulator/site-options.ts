import { isIPv6 } from "node:net";
import { z } from "zod";
import { sceneNames } from "./scenes/scene.ts";

/** How a camera asks for a login. */
export const AuthSpec = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  /** WS-UsernameToken with PasswordDigest; `Created` may be off by `skewMs`, a nonce is good once. */
  z.strictObject({
    kind: z.literal("username-token"),
    skewMs: z.int().min(0).max(86_400_000).default(5_000),
    replayCheck: z.boolean().default(true),
  }),
  /** HTTP digest (RFC 7616): one challenge header for each algorithm, strongest last as cameras do it. */
  z.strictObject({
    kind: z.literal("digest"),
    algorithms: z
      .array(z.enum(["MD5", "SHA-256"]))
      .min(1)
      .max(2)
      .default(["MD5"]),
    qop: z.enum(["auth", "auth,auth-int", "auth, auth-int"]).default("auth"),
    /** A nonce older than this is answered with `stale=true`. */
    nonceLifetimeMs: z.int().min(1).max(86_400_000).default(300_000),
    /** A UsernameToken is taken as well, as many cameras do. */
    alsoUsernameToken: z.boolean().default(false),
  }),
  z.strictObject({ kind: z.literal("basic") }),
]);
export type AuthSpec = z.infer<typeof AuthSpec>;

/** Wrong passwords before the camera locks the account, and for how long. */
export const LockoutSpec = z.strictObject({
  tries: z.int().min(1).max(1_000),
  lockMs: z.int().min(1).max(86_400_000).default(60_000),
});
export type LockoutSpec = z.infer<typeof LockoutSpec>;

/** The scenes that a camera can look at; `scenes/` holds their pictures. */
export const SceneChoice = z.enum(sceneNames);

/** IPv4, or IPv6, link-local ones with their zone: `fe80::1%eth0`. */
const HostAddress = z.union([z.ipv4(), z.string().refine(isIPv6, "no address")]);

/** One simulated camera. What is left out follows from its place in the list. */
export const CameraSpec = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .optional(),
  name: z.string().min(1).max(64).optional(),
  location: z.string().min(1).max(64).optional(),
  scene: SceneChoice.optional(),
  maker: z.string().min(1).max(64).optional(),
  model: z.string().min(1).max(64).optional(),
  firmware: z.string().min(1).max(64).optional(),
  hardwareId: z.string().min(1).max(64).optional(),
  serial: z.string().min(1).max(64).optional(),
  mac: z
    .string()
    .regex(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/)
    .optional(),
  endpointReference: z.string().min(1).max(512).optional(),
  /** Its own address; else the next one after `addressBase`. */
  host: HostAddress.optional(),
  httpPort: z.int().min(0).max(65_535).optional(),
  rtspPort: z.int().min(0).max(65_535).optional(),
  /** Its web server speaks HTTPS alone, with a certificate it signed itself. */
  tls: z.boolean().optional(),
  auth: AuthSpec.optional(),
  lockout: LockoutSpec.optional(),
  /** Video sources: a camera has one, an encoder several. */
  sources: z.int().min(1).max(16).optional(),
  ptz: z.boolean().optional(),
  media2: z.boolean().optional(),
  /** It records its main streams itself and offers them by Recording Search and Replay (Profile G). */
  card: z.boolean().optional(),
  /** Pull points it can hold at once. */
  pullPoints: z.int().min(0).max(100).optional(),
  relays: z.int().min(0).max(8).optional(),
  inputs: z.int().min(0).max(8).optional(),
  /** XAddrs of its answers: its own address alone, or with a link-local IPv6 one and a `.local` name before it. */
  xaddrs: z.enum(["one", "several"]).optional(),
  /** Scopes parted by line ends and runs of blanks, as some firmware writes them. */
  untidyScopes: z.boolean().optional(),
  /** Its clock minus the true time at start, ms. */
  clockOffsetMs: z.int().optional(),
});
export type CameraSpec = z.infer<typeof CameraSpec>;

/** WS-Discovery of the whole site. */
export const DiscoverySpec = z.strictObject({
  /** `unicast` answers probes sent to a camera's address only; `off` opens no socket. */
  mode: z.enum(["multicast", "unicast", "off"]).default("multicast"),
  port: z.int().min(1).max(65_535).default(3_702),
  /** Each answer waits a random time in this range; 0, 0 makes one burst. */
  answerDelayMs: z
    .strictObject({ min: z.int().min(0).max(60_000), max: z.int().min(0).max(60_000) })
    .refine((range) => range.max >= range.min, "max is below min")
    .default({ min: 0, max: 0 }),
  /**
   * IPv4: the card that multicast is joined on and Hello leaves by; for 127.x.y.z it is 127.0.0.1. IPv6 uses the card
   * that has the camera's address.
   */
  interfaceAddress: z.ipv4().optional(),
  /** Say Hello at start and Bye at stop. */
  hello: z.boolean().default(true),
});
export type DiscoverySpec = z.infer<typeof DiscoverySpec>;

/** A simulated site: how many cameras, where, and how they behave. Everything has a default. */
export const SiteOptions = z.strictObject({
  /** A number takes that many cameras of the demo site, going round; a list names each. */
  cameras: z.union([z.int().min(1).max(2_000), z.array(CameraSpec).min(1).max(2_000)]).default(9),
  /** First address; the next camera has the next one. */
  addressBase: z.ipv4().default("127.77.0.1"),
  /** Real addresses (of a network namespace, of cards of this computer), one a camera, in place of `addressBase`. */
  addresses: z.array(HostAddress).max(2_000).optional(),
  httpPort: z.int().min(0).max(65_535).default(8_080),
  rtspPort: z.int().min(0).max(65_535).default(8_554),
  username: z.string().min(1).max(64).default("admin"),
  password: z.string().max(128).default("watchfloor-demo"),
  /** Overrides every camera's own way of asking for a login. */
  auth: AuthSpec.optional(),
  lockout: LockoutSpec.optional(),
  discovery: DiscoverySpec.prefault({}),
  /** Off for tests that need no pictures: cameras start faster and hold no scene. */
  rtsp: z.boolean().default(true),
  /** Folder of the scene files; needed where the code runs bundled. */
  scenesDirectory: z.string().min(1).optional(),
  /** Same seed and same first address, same identities: a site that is started again is the same site. */
  seed: z.string().max(64).default("site"),
  /** How long SystemReboot and `reboot()` stay away unless told otherwise. */
  rebootMs: z.int().min(0).max(600_000).default(2_000),
  /** A site with people: motion comes and goes, and what `demo-day.ts` has for a camera's name happens to it. */
  activity: z.boolean().default(false),
});
/** What `startSite` takes. */
export type SiteOptions = z.input<typeof SiteOptions>;
/** The same with every default filled in. */
export type SiteSettings = z.infer<typeof SiteOptions>;
