import type { SceneName } from "./scenes/scene.ts";
import type { CameraSpec } from "./site-options.ts";

type DemoCamera = CameraSpec & { readonly name: string; readonly scene: SceneName };

/**
 * The demo site: makers, firmware texts and logins are mixed as on a real one.
 *
 * All makers are invented. Firmware texts are the awkward kind: trailing and leading zeros, words, dates.
 */
export const demoCameras: readonly DemoCamera[] = [
  {
    name: "Gate",
    location: "North entrance",
    scene: "gate",
    maker: "Aldermoor",
    model: "AM-4150 Bullet",
    firmware: "5.50",
    hardwareId: "1.0",
    auth: digest(["MD5"]),
    inputs: 2,
    relays: 1,
  },
  {
    name: "Lobby",
    location: "Main building",
    scene: "lobby",
    maker: "Brightwater",
    model: "BW Dome 2",
    firmware: "1.10",
    hardwareId: "A2",
    auth: digest(["MD5", "SHA-256"]),
    xaddrs: "several",
    untidyScopes: true,
  },
  {
    name: "Car park",
    location: "West yard",
    scene: "car-park",
    maker: "Corvane",
    model: "CV-PTZ 30x",
    firmware: "V5.7.3 build 220112",
    hardwareId: "88",
    auth: { kind: "username-token", skewMs: 5_000, replayCheck: true },
    ptz: true,
  },
  {
    name: "Corridor",
    location: "Main building, 1st floor",
    scene: "corridor",
    maker: "Brightwater",
    model: "BW Corridor",
    firmware: "1.20.00",
    hardwareId: "A2",
    auth: digest(["SHA-256"]),
    media2: false,
  },
  {
    name: "Loading bay",
    location: "Warehouse",
    scene: "loading-bay",
    maker: "Dunmore",
    model: "DM-8 Pro",
    firmware: "0010.00.0500.2",
    hardwareId: "8.00",
    auth: digest(["MD5"], true),
    relays: 2,
    inputs: 4,
  },
  {
    name: "Roof",
    location: "Main building, roof",
    scene: "roof",
    maker: "Eastholm",
    model: "EH 4K Turret",
    firmware: "2.800.0000000.15.R",
    hardwareId: "2.0",
    auth: {
      kind: "digest",
      algorithms: ["MD5"],
      qop: "auth, auth-int",
      nonceLifetimeMs: 300_000,
      alsoUsernameToken: false,
    },
  },
  {
    name: "Server room",
    location: "Main building, cellar",
    scene: "server-room",
    maker: "Fennick",
    model: "Mini 3",
    firmware: "3.00",
    hardwareId: "rev 3",
    auth: { kind: "none" },
    inputs: 1,
  },
  {
    name: "Perimeter",
    location: "South fence",
    scene: "perimeter",
    maker: "Aldermoor",
    model: "AM-7700 Thermal",
    firmware: "5.5.0",
    hardwareId: "2.0",
    auth: { kind: "username-token", skewMs: 5_000, replayCheck: true },
    ptz: true,
    media2: false,
  },
  {
    name: "Back gate",
    location: "East entrance",
    scene: "gate",
    maker: "Corvane",
    model: "CV-B2",
    firmware: "true",
    hardwareId: "007",
    auth: digest(["MD5"]),
    pullPoints: 2,
  },
];

/** So many cameras of the demo site; after the last comes "Gate 2", "Lobby 2" and so on. */
export function demoSite(count: number): CameraSpec[] {
  return Array.from({ length: count }, (_, index) => {
    const spec = demoCameras[index % demoCameras.length];
    const round = Math.floor(index / demoCameras.length) + 1;
    if (spec === undefined) throw new RangeError("the demo site has no camera");
    return round === 1 ? { ...spec } : { ...spec, name: `${spec.name} ${String(round)}` };
  });
}

function digest(algorithms: ("MD5" | "SHA-256")[], alsoUsernameToken = false): CameraSpec["auth"] {
  return { kind: "digest", algorithms, qop: "auth", nonceLifetimeMs: 300_000, alsoUsernameToken };
}
