import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { networkInterfaces } from "node:os";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { picturesOf } from "../fixtures/pictures-of.ts";
import { openConsole, type ConsoleBench } from "./console-bench.ts";

const digest = { kind: "digest" } as const;
const login = { username: "admin", password: "watchfloor-demo" };
const hasLoopback6 = Object.values(networkInterfaces())
  .flatMap((each) => each ?? [])
  .some(({ address }) => address === "::1");

let bench: ConsoleBench | undefined;
afterEach(async () => {
  await bench?.stop();
  bench = undefined;
});

describe.skipIf(!hasLoopback6)(`at ::1${hasLoopback6 ? "" : " (skipped: this computer has no IPv6)"}`, () => {
  test("a camera typed as [::1]:port is adopted, and its stream plays over TCP and UDP", async () => {
    bench = await openConsole({
      cameras: [{ name: "Six", scene: "gate", auth: digest }],
      addresses: ["::1"],
      httpPort: 0,
      rtspPort: 0,
      rtsp: true,
      seed: "six",
      discovery: { mode: "off" },
    });
    const { site, devices } = bench;
    const [camera] = site.cameras;
    if (camera === undefined) throw new Error("no camera");
    const sighting = await bench.add(camera);
    expect(sighting).toMatchObject({ host: "::1", port: camera.httpPort });
    const id = await bench.login(login.username, login.password);
    const outcome = await devices.adopt([sighting.id], [id]);
    expect(outcome.ok && outcome.value[0]?.kind).toBe("adopted");
    const streams = devices.list()[0]?.channels[0]?.streams ?? [];
    expect(streams.map(({ uri }) => uri)).toEqual([camera.mainUri, camera.subUri]);
    expect(camera.subUri).toBe(`rtsp://[::1]:${camera.rtspPort}/sub`);
    expect(await picturesOf(camera.subUri, login, "tcp")).toMatch(/^avc1/);
    expect(await picturesOf(camera.subUri, login, "udp")).toMatch(/^avc1/);
  });
});

/*
 * A cable with link-local addresses only, as two computers on an unconfigured switch have:
 *
 *   console: c0 fe80::…  ── s0 fe80::… two cameras, told apart by their ports
 */
const ip = (...args: readonly string[]): string => {
  const { status, stderr, stdout } = spawnSync("ip", args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`ip ${args.join(" ")}: ${stderr}`);
  return stdout;
};
const tag = process.pid.toString(36);
const desk = `wf6c${tag}`;
const field = `wf6s${tag}`;

function whyNot(): string | undefined {
  if (process.platform !== "linux") return "needs Linux";
  if (process.getuid?.() !== 0) return "needs root for network namespaces";
  if (!hasLoopback6) return "this computer has no IPv6";
  const tried = spawnSync("ip", ["netns", "add", desk]);
  if (tried.error !== undefined || tried.status !== 0) return "network namespaces are not available";
  ip("netns", "del", desk);
  return undefined;
}
const reason = whyNot();

const Found = z.object({
  report: z.object({
    interfaces: z.array(z.object({ name: z.string(), family: z.string(), devices: z.number() }).loose()),
  }),
  sightings: z.array(z.object({ host: z.string(), port: z.number(), flags: z.array(z.string()) }).loose()),
  byHand: z.array(z.object({ host: z.string(), port: z.number() })),
  adopted: z.array(z.object({ kind: z.string() }).loose()),
  devices: z.array(
    z.object({
      name: z.string(),
      host: z.string(),
      port: z.number(),
      uri: z.string(),
      played: z.array(z.string()),
    }),
  ),
});

describe.skipIf(reason !== undefined)(
  `link-local IPv6${reason === undefined ? "" : ` (skipped: ${reason})`}`,
  () => {
    const children: ChildProcess[] = [];
    let host = "";

    const start = (namespace: string, file: string, ...args: readonly string[]): ChildProcess => {
      const path = fileURLToPath(new URL(`../../${file}`, import.meta.url));
      const child = spawn("ip", ["netns", "exec", namespace, process.execPath, path, ...args], {
        stdio: ["pipe", "pipe", "inherit"],
      });
      children.push(child);
      return child;
    };
    const firstLine = async (child: ChildProcess): Promise<unknown> => {
      if (child.stdout === null) throw new Error("no output");
      for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line);
      throw new Error("it ended without a word");
    };

    beforeAll(async () => {
      for (const name of [desk, field]) {
        ip("netns", "add", name);
        // No waiting for duplicate address detection: the addresses are usable at once.
        for (const key of ["default", "all"]) {
          const file = `/proc/sys/net/ipv6/conf/${key}/accept_dad`;
          spawnSync("ip", ["netns", "exec", name, "sh", "-c", `echo 0 > ${file}`]);
        }
      }
      ip("link", "add", "c0", "netns", desk, "type", "veth", "peer", "name", "s0", "netns", field);
      for (const [name, card] of [[desk, "c0"] as const, [field, "s0"] as const]) {
        ip("-n", name, "link", "set", "lo", "up");
        ip("-n", name, "link", "set", card, "up");
      }
      const bare = /inet6 (fe80::\S+)\//.exec(ip("-n", field, "-6", "addr", "show", "dev", "s0"))?.[1];
      if (bare === undefined) throw new Error("the card has no link-local address");
      host = bare;
      const options = {
        cameras: [
          { name: "Near", scene: "gate", httpPort: 8_081, rtspPort: 8_555 },
          { name: "Far", scene: "roof", httpPort: 8_082, rtspPort: 8_556 },
        ],
        addresses: [`${bare}%s0`, `${bare}%s0`],
        auth: digest,
        discovery: { mode: "multicast" },
      };
      await firstLine(start(field, "electron/simulator/entry.ts", `--site=${JSON.stringify(options)}`));
    });

    afterAll(async () => {
      for (const child of children) child.stdin?.end();
      await Promise.all(
        children
          .filter(({ exitCode }) => exitCode === null)
          .map((child) => new Promise<void>((resolve) => child.once("exit", () => resolve()))),
      );
      for (const name of [desk, field]) spawnSync("ip", ["netns", "del", name]);
    });

    test("cameras answer ff02::c, are adopted at their address with its zone, and play over TCP and UDP", async () => {
      const typed = [`http://[${host}%c0]:8081/onvif/device_service`, `[${host}%c0]:8082`];
      const answer = await firstLine(
        start(desk, "tests/fixtures/adopt-and-play.ts", login.username, login.password, ...typed),
      );
      const found = Found.parse(answer);
      const zoned = `${host}%c0`;
      const both = [
        { host: zoned, port: 8_081 },
        { host: zoned, port: 8_082 },
      ];
      expect(found.report.interfaces).toMatchObject([{ name: "c0", family: "IPv6", devices: 2 }]);
      expect(found.sightings.toSorted((one, other) => one.port - other.port)).toMatchObject(
        both.map((each) => ({ ...each, flags: [] })),
      );
      expect(found.byHand).toEqual(both);
      expect(found.adopted.map(({ kind }) => kind)).toEqual(["adopted", "adopted"]);
      expect(found.devices.map(({ name, host: at, uri }) => ({ name, at, uri })).toSorted(byName)).toEqual([
        { name: "Far", at: zoned, uri: `rtsp://[${host}%25c0]:8556/sub` },
        { name: "Near", at: zoned, uri: `rtsp://[${host}%25c0]:8555/sub` },
      ]);
      for (const { played } of found.devices)
        expect(played).toEqual([expect.stringMatching(/^avc1/), expect.stringMatching(/^avc1/)]);
    });
  },
);

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name.localeCompare(other.name);
}
