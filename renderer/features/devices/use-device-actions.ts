import { ORPCError } from "@orpc/client";
import type { CredentialId, DeviceId } from "../../../shared/base/ids.ts";
import { FailureReason, type Device } from "../../../shared/model/device.ts";
import { useToasts } from "../../frame/frame-context.tsx";
import { failureWords } from "../../messages/failure-words.ts";
import { useSay } from "../../messages/messages-context.tsx";
import type { Say } from "../../messages/messages.ts";
import { useConsole } from "../../read-model/console-context.tsx";

/** What one can do with devices; each says how it went in a toast. */
export interface DeviceActions {
  rename: (device: Device, name: string) => Promise<void>;
  refresh: (device: Device) => Promise<void>;
  /** Ends the wait of a device that is lost and tries at once. */
  retry: (device: Device) => Promise<void>;
  remove: (devices: readonly Device[]) => Promise<void>;
  changeLogin: (devices: readonly Device[], credentialId: CredentialId) => Promise<void>;
}

/** A refused call in words: why, and what to do. */
export function refusal(say: Say, error: unknown): string {
  if (error instanceof ORPCError) {
    const reason = FailureReason.safeParse(reasonOf(error.data));
    if (reason.success) {
      const { cause, remedy } = failureWords[reason.data];
      return `${say(cause)} ${say(remedy)}`;
    }
  }
  return error instanceof Error ? error.message : String(error);
}

function reasonOf(detail: unknown): unknown {
  return typeof detail === "object" && detail !== null && "reason" in detail ? detail.reason : undefined;
}

/** Device actions for the pages and menus. */
export function useDeviceActions(): DeviceActions {
  const say = useSay();
  const toasts = useToasts();
  const { client } = useConsole();
  const failed = (title: string, error: unknown): void =>
    toasts.show({ severity: "serious", title, detail: refusal(say, error) });
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
  return {
    rename: (device, name) => setName(device.id, device.name, name, true),
    refresh: async (device) => {
      try {
        await client.devices.refresh({ id: device.id });
        toasts.show({ severity: "normal", title: say("devices.refreshed", { name: device.name }) });
      } catch (error) {
        failed(say("devices.refreshFailed", { name: device.name }), error);
      }
    },
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
    changeLogin: async (devices, credentialId) => {
      for (const device of devices) {
        try {
          await client.devices.setCredential({ id: device.id, credentialId });
          toasts.show({ severity: "normal", title: say("devices.loginChanged", { name: device.name }) });
        } catch (error) {
          failed(say("devices.loginFailed", { name: device.name }), error);
        }
      }
    },
  };
}
