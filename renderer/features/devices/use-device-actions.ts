import type { CredentialId, DeviceId } from "../../../shared/base/ids.ts";
import type { DeviceOutcome } from "../../../shared/contract/devices.ts";
import type { Device } from "../../../shared/model/device.ts";
import type { Toast } from "../../design/toasts.ts";
import { useToasts } from "../../frame/frame-context.tsx";
import { errorWords } from "../../messages/error-words.ts";
import { failureWords } from "../../messages/failure-words.ts";
import { useSay } from "../../messages/messages-context.tsx";
import type { MessageKey, Say } from "../../messages/messages.ts";
import { useConsole } from "../../read-model/console-context.tsx";

/** What one can do with devices; each says how it went in a toast. */
export interface DeviceActions {
  rename: (device: Device, name: string) => Promise<void>;
  refresh: (devices: readonly Device[]) => Promise<void>;
  /** Ends the wait of a device that is lost and tries at once. */
  retry: (device: Device) => Promise<void>;
  remove: (devices: readonly Device[]) => Promise<void>;
  changeLogin: (devices: readonly Device[], credentialId: CredentialId) => Promise<void>;
}

/** Device actions for the pages and menus. */
export function useDeviceActions(): DeviceActions {
  const say = useSay();
  const toasts = useToasts();
  const { client } = useConsole();
  const failed = (title: string, error: unknown): void =>
    toasts.show({ severity: "serious", title, detail: errorWords(say, error) });
  const setName = async (id: DeviceId, from: string, to: string, canUndo: boolean): Promise<void> => {
    try {
      await client.devices.rename({ id, name: to });
      toasts.show({
        severity: "normal",
        title: say("devices.renamed", { from, to }),
        ...(canUndo
          ? { action: { label: say("design.undo"), run: () => void setName(id, to, from, false) } }
          : {}),
      });
    } catch (error) {
      failed(say("devices.renameFailed", { name: from }), error);
    }
  };
  const askAll = async (
    devices: readonly Device[],
    work: keyof typeof bulkWords,
    ask: (ids: DeviceId[]) => Promise<readonly DeviceOutcome[]>,
  ): Promise<void> => {
    try {
      const outcomes = await ask(devices.map(({ id }) => id));
      toasts.show(outcomeToast(say, devices, outcomes, work));
    } catch (error) {
      failed(say("devices.actionFailed"), error);
    }
  };
  return {
    rename: (device, name) => setName(device.id, device.name, name, true),
    refresh: (devices) => askAll(devices, "refresh", (ids) => client.devices.refreshMany({ ids })),
    retry: async (device) => {
      try {
        await Promise.all(device.channels.map((channel) => client.live.retry({ channelId: channel.id })));
        await client.devices.refresh({ id: device.id });
      } catch (error) {
        failed(say("devices.refreshFailed", { name: device.name }), error);
      }
    },
    remove: async (devices) => {
      try {
        for (const device of devices) await client.devices.remove({ id: device.id });
        toasts.show({ severity: "normal", title: say("devices.removed", { count: devices.length }) });
      } catch (error) {
        failed(say("devices.actionFailed"), error);
      }
    },
    changeLogin: (devices, credentialId) =>
      askAll(devices, "login", (ids) => client.devices.setCredentials({ ids, credentialId })),
  };
}

const bulkWords = {
  refresh: { one: "devices.refreshed", many: "devices.refreshedMany", failed: "devices.refreshFailed" },
  login: { one: "devices.loginChanged", many: "devices.loginChangedMany", failed: "devices.loginFailed" },
} as const satisfies Record<string, Readonly<Record<"one" | "many" | "failed", MessageKey>>>;

/** How a job over several devices ended, in one message: how many, and which were refused why. */
export function outcomeToast(
  say: Say,
  devices: readonly Device[],
  outcomes: readonly DeviceOutcome[],
  work: keyof typeof bulkWords,
): Toast {
  const words = bulkWords[work];
  const name = devices[0]?.name ?? "";
  const failed = outcomes.filter((outcome) => outcome.kind === "failed");
  const done = outcomes.filter(({ kind }) => kind === "done").length;
  const skipped = outcomes.length - done - failed.length;
  const nameOf = (id: DeviceId): string => devices.find((device) => device.id === id)?.name ?? "";
  const reasons = failed
    .slice(0, 5)
    .map(({ deviceId, reason }) =>
      devices.length === 1
        ? `${say(failureWords[reason].cause)} ${say(failureWords[reason].remedy)}`
        : `${nameOf(deviceId)}: ${say(failureWords[reason].name)}`,
    );
  const more = failed.length > 5 ? [say("devices.andMore", { count: failed.length - 5 })] : [];
  const title =
    devices.length > 1
      ? say(words.many, { done, failed: failed.length, skipped })
      : say(failed.length > 0 ? words.failed : words.one, { name });
  const detail = [...reasons, ...more].join(", ");
  return { severity: failed.length > 0 ? "serious" : "normal", title, ...(detail === "" ? {} : { detail }) };
}
