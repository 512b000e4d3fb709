import type { DeviceModel, RelaySetting } from "../device-model.ts";
import { namedEvent } from "../events/event-names.ts";
import { namespaces } from "../xml/namespaces.ts";
import { descend, textAt, type XmlElement } from "../xml/read-xml.ts";
import { rawXml, xml, type Xml } from "../xml/write-xml.ts";
import { forOperators, forUsers, open, setting, type OnvifService, type Operation } from "./operation.ts";
import { invalidArgument } from "./soap.ts";
import { durationMs } from "./time-text.ts";

/** Relays are asked for in both services; only the prefix of the answers differs. */
function relayOperations(prefix: "tds" | "tmd"): Record<string, Operation> {
  return {
    GetRelayOutputs: forUsers(({ device }) => {
      const list = device.relays.map(
        (relay) =>
          xml`<${rawXml(prefix)}:RelayOutputs token="${relay.token}"><tt:Properties><tt:Mode>${relay.mode}</tt:Mode><tt:DelayTime>PT${relay.delayMs / 1_000}S</tt:DelayTime><tt:IdleState>${relay.idle}</tt:IdleState></tt:Properties></${rawXml(prefix)}:RelayOutputs>`,
      );
      return response(prefix, "GetRelayOutputs", list);
    }),
    SetRelayOutputSettings: setting(({ device, body }) => {
      // Device 8.6: token and properties apart; DeviceIO: one element with the token as attribute.
      const whole = descend(body, "RelayOutput");
      const relay = relayOf(device, whole?.attributes.get("token") ?? textAt(body, "RelayOutputToken"));
      applyRelay(relay, descend(whole ?? body, "Properties"));
    }),
    SetRelayOutputState: forOperators(({ device, body }) => {
      const relay = relayOf(device, textAt(body, "RelayOutputToken"));
      const state = textAt(body, "LogicalState");
      if (state !== "active" && state !== "inactive") throw invalidArgument("RelayState", "LogicalState");
      switchRelay(device, relay, state === "active");
      return response(prefix, "SetRelayOutputState", []);
    }),
  };
}

/** What of it the Device service answers. */
export const deviceRelayOperations: Readonly<Record<string, Operation>> = relayOperations("tds");

/** The DeviceIO service: relays and digital inputs. */
export const deviceIoService: OnvifService = {
  name: "deviceio",
  prefix: "tmd",
  namespace: namespaces.tmd,
  path: "/onvif/deviceio_service",
  version: { major: 2, minor: 6 },
  operations: new Map(
    Object.entries({
      ...relayOperations("tmd"),
      GetServiceCapabilities: open(
        ({ device }) =>
          xml`<tmd:GetServiceCapabilitiesResponse><tmd:Capabilities VideoSources="${device.parts.sources.length}" RelayOutputs="${device.relays.length}" DigitalInputs="${device.inputs.size}"/></tmd:GetServiceCapabilitiesResponse>`,
      ),
      GetDigitalInputs: forUsers(({ device }) => {
        const list = [...device.inputs.keys()].map((token) => xml`<tmd:DigitalInputs token="${token}"/>`);
        return xml`<tmd:GetDigitalInputsResponse>${list}</tmd:GetDigitalInputsResponse>`;
      }),
      GetVideoSources: forUsers(({ device }) => {
        const list = device.parts.sources.map((source) => xml`<tmd:Token>${source.token}</tmd:Token>`);
        return xml`<tmd:GetVideoSourcesResponse>${list}</tmd:GetVideoSourcesResponse>`;
      }),
    }),
  ),
};

function relayOf(device: DeviceModel, token: string | undefined): RelaySetting {
  const relay = device.relays.find((candidate) => candidate.token === token);
  if (relay === undefined) throw invalidArgument("RelayToken", "Unknown relay token reference");
  return relay;
}

function applyRelay(relay: RelaySetting, properties: XmlElement | undefined): void {
  const mode = textAt(properties, "Mode");
  const idle = textAt(properties, "IdleState");
  const delay = durationMs(textAt(properties, "DelayTime") ?? "");
  if (mode !== "Monostable" && mode !== "Bistable") throw invalidArgument("ModeError", "Relay mode");
  if (idle !== "closed" && idle !== "open") throw invalidArgument("ModeError", "Idle state");
  relay.mode = mode;
  relay.idle = idle;
  relay.delayMs = delay ?? relay.delayMs;
}

/** A monostable relay falls back by itself after its delay. */
function switchRelay(device: DeviceModel, relay: RelaySetting, active: boolean): void {
  relay.active = active;
  device.parts.events.raise(namedEvent("relay", { active, source: relay.token }));
  if (active && relay.mode === "Monostable") {
    const timer = setTimeout(() => {
      relay.active = false;
      device.parts.events.raise(namedEvent("relay", { active: false, source: relay.token }));
    }, relay.delayMs);
    timer.unref();
  }
}

function response(prefix: "tds" | "tmd", operation: string, content: readonly Xml[]): Xml {
  const name = rawXml(`${prefix}:${operation}Response`);
  return xml`<${name}>${content}</${name}>`;
}
