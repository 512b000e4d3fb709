import type { AppInfo, Notice, SiteStatus } from "../../shared/contract/app.ts";
import type {
  AdoptOutcome,
  Credential,
  DeviceChange,
  DeviceOutcome,
  VaultStatus,
} from "../../shared/contract/devices.ts";
import type { DiscoveryView } from "../../shared/contract/discovery.ts";
import type { WindowState } from "../../shared/contract/live.ts";
import type { WallId } from "../../shared/base/ids.ts";
import type { ClockReading, ConnectionEntry, Device } from "../../shared/model/device.ts";
import type { MotionOrder } from "../../shared/contract/motion.ts";
import type { Job } from "../../shared/model/job.ts";
import type { Wall } from "../../shared/model/layout.ts";
import type { Settings } from "../../shared/model/settings.ts";
import type { StreamStatus } from "../../shared/model/stream-status.ts";
import type { StorageView } from "../../shared/model/storage.ts";
import type { ConsoleClient } from "../../renderer/read-model/console-context.tsx";
import type { FakeFeed } from "./fake-feed.ts";
import type { FakeEvents } from "./fake-events.ts";
import type { FakeAlarms } from "./fake-alarms.ts";
import type { FakeArchive } from "./fake-archive.ts";

/** Everything the fake main process knows; tests set it before and look at it after. */
export interface FakeSite {
  devices: Device[];
  settings: Settings;
  jobs: Job[];
  discovery: DiscoveryView;
  vault: VaultStatus;
  credentials: Credential[];
  walls: Wall[];
  statuses: StreamStatus[];
  window: WindowState;
  about: AppInfo;
  status: SiteStatus;
  /** Where the person says that a file or folder is; null: they close the dialog. */
  chosenPath: string | null;
  /** What asking several devices answers; a device left out is done. */
  deviceOutcomes: DeviceOutcome[];
  history: { connections: ConnectionEntry[]; clock: ClockReading[] };
  /** What is recorded, bookmarked and locked. */
  archive: FakeArchive;
  /** The event log. */
  happened: FakeEvents;
  /** Where recordings go. */
  storage: StorageView;
  /** The alarms and what raises them. */
  desk: FakeAlarms;
  /** What adopting answers. */
  outcomes: AdoptOutcome[];
  /** Calls made, in order: `devices.rename {"id":…}`. */
  calls: string[];
  /** A call that must fail, by its name. */
  failing: Set<string>;
}

export interface FakeConsole {
  readonly client: ConsoleClient;
  readonly site: FakeSite;
  readonly feeds: {
    readonly devices: FakeFeed<DeviceChange>;
    readonly jobs: FakeFeed<Job>;
    readonly motion: FakeFeed<MotionOrder>;
    readonly discovery: FakeFeed<DiscoveryView>;
    readonly notices: FakeFeed<Notice>;
    readonly settings: FakeFeed<Settings>;
    readonly status: FakeFeed<SiteStatus>;
    readonly statuses: FakeFeed<StreamStatus>;
    readonly vault: FakeFeed<VaultStatus>;
    readonly walls: FakeFeed<{ sequence: number; wallId: WallId }>;
  };
}
