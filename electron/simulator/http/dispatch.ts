import type { DeviceModel } from "../device-model.ts";
import { subscriptionOperations, subscriptionPath } from "../events/events-service.ts";
import { concerns } from "../fault-set.ts";
import type { UserLevel } from "../auth/user-accounts.ts";
import type { Call, OnvifService, Operation } from "../onvif/operation.ts";
import { notSupported, SoapFault, type SoapRequest } from "../onvif/soap.ts";
import { namespaces } from "../xml/namespaces.ts";
import { rawXml, xml, type Xml } from "../xml/write-xml.ts";

/** A request's operation, found by path and namespace. */
export interface Route {
  /** `events.PullMessages`, as counters name it. */
  readonly label: string;
  readonly operation: Operation;
  readonly prefix: string;
}

/** Finds the operation; undefined when this path has none of that name and namespace. */
export function findRoute(
  services: readonly OnvifService[],
  path: string,
  request: SoapRequest,
): Route | undefined {
  const isPullPoint = path.startsWith(subscriptionPath);
  if (isPullPoint && request.namespace === namespaces.wsnt) {
    const operation = subscriptionOperations.get(request.operation);
    return operation && { label: `events.${request.operation}`, operation, prefix: "wsnt" };
  }
  const service = services.find((one) => (isPullPoint ? one.name === "events" : one.path === path));
  const operation =
    service?.namespace === request.namespace ? service.operations.get(request.operation) : undefined;
  if (service === undefined || operation === undefined) return undefined;
  return { label: `${service.name}.${request.operation}`, operation, prefix: service.prefix };
}

const mayDo: Readonly<Record<Operation["access"], readonly UserLevel[]>> = {
  open: ["Administrator", "Operator", "User"],
  user: ["Administrator", "Operator", "User"],
  operator: ["Administrator", "Operator"],
  administrator: ["Administrator"],
};

/**
 * Carries the operation out and returns the reply's body, setter faults included.
 *
 * @throws SoapFault as the operation does, or ter:NotAuthorized for a user who may not
 */
export async function runOperation(route: Route, request: SoapRequest, call: Call): Promise<Xml> {
  const { operation } = route;
  const { device, account } = call;
  if (account !== undefined && !mayDo[operation.access].includes(account.level)) {
    throw new SoapFault(["ter:NotAuthorized"], "The action requires another user level");
  }
  const empty = xml`<${rawXml(route.prefix)}:${request.operation}Response/>`;
  if (operation.isSetter) {
    const bent = bendSetter(device, request.operation, () => {
      // Its outcome is of no interest any more: the caller was told it went well.
      void operation.run(call);
    });
    if (bent !== undefined) return rebootNeeded(route, request, bent) ?? empty;
  }
  return (await operation.run(call)) ?? empty;
}

/** The fault for a request that leads nowhere. */
export function noRoute(path: string, services: readonly OnvifService[]): SoapFault {
  const isKnown = path.startsWith(subscriptionPath) || services.some((service) => service.path === path);
  return isKnown
    ? notSupported()
    : new SoapFault(["ter:ActionNotSupported"], "No such service", "s:Sender", 404);
}

function bendSetter(device: DeviceModel, name: string, apply: () => void): "silent" | "reboot" | undefined {
  const { faults, counters } = device.parts;
  const silent = faults.find("silent-setter");
  if (silent !== undefined && concerns(silent, name)) {
    counters.countFault("silent-setter");
    return "silent";
  }
  const later = faults.find("setter-needs-reboot");
  if (later === undefined || !concerns(later, name)) return undefined;
  counters.countFault("setter-needs-reboot");
  device.applyAfterReboot(apply);
  return "reboot";
}

const tellsReboot = new Set(["SetNetworkInterfaces", "SetHostnameFromDHCP"]);

function rebootNeeded(route: Route, request: SoapRequest, bent: "silent" | "reboot"): Xml | undefined {
  if (!tellsReboot.has(request.operation)) return undefined;
  const name = rawXml(`${route.prefix}:${request.operation}Response`);
  return xml`<${name}><tds:RebootNeeded>${bent === "reboot"}</tds:RebootNeeded></${name}>`;
}
