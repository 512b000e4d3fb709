import { randomUUID } from "node:crypto";
import type { DeviceModel } from "../device-model.ts";
import { hostileDatagram } from "./hostile-datagrams.ts";
import * as wsd from "./wsd-messages.ts";

/** One datagram to send, after a wait. */
export interface Outgoing {
  readonly datagram: Buffer;
  readonly delayMs: number;
}

/** What one camera says in WS-Discovery, faults included. Knows no socket. */
export class Announcer {
  readonly device: DeviceModel;
  #instanceId = 0;
  #messageNumber = 0;
  #metadataVersion = 1;

  constructor(deps: { readonly device: DeviceModel }) {
    this.device = deps.device;
  }

  /** A camera that starts begins a new sequence; a new address is new metadata. */
  restarted(isAddressNew: boolean): void {
    this.#instanceId = Math.max(this.#instanceId + 1, Math.floor(this.device.parts.clock.now() / 1_000));
    this.#messageNumber = 0;
    if (isAddressNew) this.#metadataVersion += 1;
  }

  /** Hello, or undefined when this camera keeps silent. */
  hello(): Buffer | undefined {
    if (this.#isSilent) return undefined;
    this.device.parts.counters.hellos += 1;
    return Buffer.from(wsd.hello(this.#next(), this.#target()));
  }

  bye(): Buffer | undefined {
    if (this.#isSilent) return undefined;
    this.device.parts.counters.byes += 1;
    return Buffer.from(wsd.bye(this.#next(), this.#target()));
  }

  /** Everything it sends back for a probe or resolve; empty when it is not meant or keeps silent. */
  answers(request: wsd.WsdRequest): Outgoing[] {
    const { faults, counters } = this.device.parts;
    if (this.#isSilent) return [];
    const target = this.#target();
    if (request.kind === "resolve") {
      if (request.endpointReference !== target.endpointReference) return [];
      return [
        { datagram: Buffer.from(wsd.resolveMatches(request.messageId, this.#next(), target)), delayMs: 0 },
      ];
    }
    counters.probesHeard += 1;
    if (!wsd.answersProbe(request, this.device.allScopes)) return [];
    const relatesTo =
      faults.find("wrong-relates-to") === undefined ? request.messageId : `urn:uuid:${randomUUID()}`;
    const others = faults.find("probe-bundled")?.others ?? 0;
    const bundle = Array.from({ length: others }, (_, index) => this.#stranger(index));
    const answer = wsd.probeMatches(relatesTo, this.#next(), [target, ...bundle]);
    const datagrams = [...this.#bent(answer), ...this.#extra(relatesTo)];
    const delayMs = faults.find("probe-late")?.delayMs ?? 0;
    this.#countFaults();
    counters.probeAnswers += datagrams.length;
    return datagrams.map((datagram) => ({ datagram, delayMs }));
  }

  get #isSilent(): boolean {
    const { device } = this;
    return (
      device.discoveryMode === "NonDiscoverable" || device.parts.faults.find("probe-silent") !== undefined
    );
  }

  /** The answer itself, repeated, cut or replaced. */
  #bent(answer: string): Buffer[] {
    const { faults } = this.device.parts;
    const hostile = faults.find("hostile-datagram");
    if (hostile !== undefined) {
      return Array.from({ length: hostile.copies }, () => hostileDatagram(hostile.flavour, answer));
    }
    const whole = Buffer.from(answer);
    if (faults.find("split-datagram") !== undefined) {
      const middle = Math.floor(whole.length / 2);
      return [whole.subarray(0, middle), whole.subarray(middle)];
    }
    return Array.from({ length: faults.find("probe-duplicate")?.copies ?? 1 }, () => whole);
  }

  /** Datagrams beside the answer: forged ones, a flood. */
  #extra(relatesTo: string): Buffer[] {
    const { faults } = this.device.parts;
    const extra: Buffer[] = [];
    const forged = faults.find("probe-forged");
    if (forged !== undefined) {
      const target = {
        ...this.#target(),
        endpointReference: forged.endpointReference ?? `urn:uuid:${randomUUID()}`,
        xaddrs: forged.xaddrs,
      };
      extra.push(Buffer.from(wsd.probeMatches(relatesTo, this.#next(), [target])));
    }
    const flood = faults.find("probe-flood")?.count ?? 0;
    for (let index = 0; index < flood; index += 1) {
      extra.push(Buffer.from(wsd.probeMatches(relatesTo, this.#next(), [this.#stranger(index)])));
    }
    return extra;
  }

  #target(): wsd.WsdTarget {
    const { faults } = this.device.parts;
    const shared = faults.find("shared-endpoint-reference")?.endpointReference;
    const changing = faults.find("changing-endpoint-reference") && `urn:uuid:${randomUUID()}`;
    return {
      endpointReference: shared ?? changing ?? this.device.told.endpointReference,
      scopes: this.#scopes(),
      xaddrs: this.#xaddrs(),
      metadataVersion: this.#metadataVersion,
    };
  }

  #xaddrs(): string | undefined {
    const { faults, spec } = this.device.parts;
    if (faults.find("no-xaddrs") !== undefined) return undefined;
    const bad = faults.find("bad-xaddrs");
    if (bad !== undefined) return bad.xaddrs;
    const own = `${this.device.httpOrigin}/onvif/device_service`;
    if (spec.xaddrs !== "several") return own;
    const { host } = this.device.parts.address;
    const port = new URL(own).port;
    const name = `cam-${host.replaceAll(/[^0-9a-f]/g, "-")}.local`;
    return `http://[fe80::1234:56ff:fe78:9abc]:${port}/onvif/device_service http://${name}:${port}/onvif/device_service ${own}`;
  }

  #scopes(): string {
    const { allScopes } = this.device;
    return this.device.parts.spec.untidyScopes === true
      ? `\n    ${allScopes.join("  \r\n\t")}\n`
      : allScopes.join(" ");
  }

  /** A device that does not exist, for bundles and floods: its address is documentation space (RFC 5737). */
  #stranger(index: number): wsd.WsdTarget {
    return {
      endpointReference: `urn:uuid:${randomUUID()}`,
      scopes: `onvif://www.onvif.org/name/Stranger_${String(index)}`,
      xaddrs: `http://198.51.100.${String((index % 250) + 1)}/onvif/device_service`,
      metadataVersion: 1,
    };
  }

  #countFaults(): void {
    const { faults, counters } = this.device.parts;
    for (const { kind } of faults.all) if (discoveryKinds.has(kind)) counters.countFault(kind);
  }

  #next(): wsd.AppSequence {
    this.#messageNumber += 1;
    return { instanceId: this.#instanceId, messageNumber: this.#messageNumber };
  }
}

const discoveryKinds: ReadonlySet<string> = new Set([
  "probe-duplicate",
  "probe-late",
  "probe-bundled",
  "probe-forged",
  "wrong-relates-to",
  "bad-xaddrs",
  "no-xaddrs",
  "hostile-datagram",
  "probe-flood",
  "split-datagram",
  "changing-endpoint-reference",
  "shared-endpoint-reference",
]);
