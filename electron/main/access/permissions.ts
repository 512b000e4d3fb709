import type { Contract } from "../../../shared/contract/index.ts";

/** What a person may do. */
export type Permission =
  | "view" // see the site: pictures, devices, walls
  | "steer" // move cameras
  | "review" // look at what was recorded
  | "mark" // make, change and remove bookmarks
  | "hold" // lock evidence and lift locks
  | "answer" // acknowledge, take, shelve and close alarms
  | "arrange" // change walls and windows
  | "discover" // send probes into the network
  | "manage-devices" // adopt, rename and remove devices
  | "manage-logins" // unlock the vault, store and remove logins
  | "configure"; // change settings, start the demo site

/** Who is at this window. */
export interface Session {
  readonly name: string;
  readonly permissions: ReadonlySet<Permission>;
}

/** Until people sign in, whoever runs the console may do everything. */
export const localOperator: Session = {
  name: "local operator",
  permissions: new Set<Permission>([
    "view",
    "steer",
    "review",
    "mark",
    "hold",
    "answer",
    "arrange",
    "discover",
    "manage-devices",
    "manage-logins",
    "configure",
  ]),
};

type Table = { readonly [Part in keyof Contract]: { readonly [Call in keyof Contract[Part]]: Permission } };

/** Which permission each call needs: a call that is not in this table does not compile. */
export const permissionTable: Table = {
  app: {
    info: "view",
    openLogFolder: "view",
    reportFault: "view",
    notices: "view",
    status: "view",
    chooseFolder: "view",
    saveFile: "view",
    startDemoSite: "configure",
  },
  settings: { get: "view", put: "configure", changed: "view" },
  jobs: { list: "view", cancel: "view", changed: "view" },
  discovery: {
    view: "view",
    changed: "view",
    probe: "discover",
    stop: "discover",
    sweep: "discover",
    add: "discover",
    forget: "discover",
  },
  vault: {
    status: "view",
    changed: "view",
    unlock: "manage-logins",
    changePassphrase: "manage-logins",
    list: "view",
    add: "manage-logins",
    remove: "manage-logins",
  },
  devices: {
    list: "view",
    changed: "view",
    adopt: "manage-devices",
    refresh: "manage-devices",
    rename: "manage-devices",
    renameChannel: "manage-devices",
    refreshMany: "manage-devices",
    setCredential: "manage-devices",
    setCredentials: "manage-devices",
    remove: "manage-devices",
    history: "view",
  },
  events: {
    list: "review",
    changed: "review",
    listening: "view",
    listeningChanged: "view",
    topics: "review",
    setTopic: "configure",
    views: "review",
    saveView: "arrange",
    removeView: "arrange",
    export: "review",
  },
  live: {
    statuses: "view",
    changed: "view",
    reportTiles: "view",
    retry: "view",
    saveSnapshot: "view",
    lastPicture: "view",
    keepPicture: "view",
  },
  ptz: { move: "steer", stop: "steer", presets: "steer", goTo: "steer", home: "steer" },
  walls: { list: "view", changed: "view", save: "arrange", remove: "arrange" },
  recording: {
    status: "view",
    changed: "view",
    rule: "view",
    setRule: "configure",
    recordNow: "mark",
    stopRecordNow: "mark",
    clock: "review",
    timeline: "review",
    signs: "review",
    calendar: "review",
    neighbour: "review",
    open: "review",
    close: "review",
  },
  storage: {
    view: "view",
    changed: "view",
    addLocation: "configure",
    saveLocation: "configure",
    orderLocations: "configure",
    removeLocation: "configure",
    move: "configure",
    saveGroup: "configure",
    removeGroup: "configure",
  },
  bookmarks: {
    list: "review",
    search: "review",
    tags: "review",
    save: "mark",
    remove: "mark",
    restore: "mark",
    history: "review",
    changed: "review",
  },
  locks: {
    list: "review",
    search: "review",
    add: "hold",
    lift: "hold",
    prolong: "hold",
    history: "review",
    changed: "review",
  },
  motion: { begin: "review", report: "review", end: "review" },
  alarms: {
    open: "view",
    closed: "view",
    get: "view",
    act: "answer",
    shown: "view",
    recent: "view",
    load: "view",
    definitions: "view",
    saveDefinition: "configure",
    removeDefinition: "configure",
    changed: "view",
    definitionsChanged: "view",
  },
  windows: {
    open: "arrange",
    setFullScreen: "view",
    fullScreen: "view",
    state: "view",
    keepState: "view",
    close: "view",
  },
};

/** May this session make this call? A path that names no call is refused. */
export function isAllowed(session: Session, path: readonly string[]): boolean {
  const [part, call, ...rest] = path;
  if (part === undefined || call === undefined || rest.length > 0) return false;
  const parts: Readonly<Record<string, Readonly<Record<string, Permission>>>> = permissionTable;
  const calls = Object.hasOwn(parts, part) ? parts[part] : undefined;
  const needed = calls !== undefined && Object.hasOwn(calls, call) ? calls[call] : undefined;
  return needed !== undefined && session.permissions.has(needed);
}
