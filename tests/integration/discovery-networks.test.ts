import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { DiscoveryView } from "../../shared/contract/discovery.ts";

/*
 * Real networks: namespaces joined by virtual cables.
 *
 *   console: a0 10.85.1.1/24 ── cameras at 10.85.1.2, and 192.168.56.147/24 on the same cable
 *            a1 10.85.2.1/24 ── camera at 10.85.2.2
 *   no default route anywhere
 */
const run = (...args: readonly string[]): string => {
  const { status, stderr, stdout } = spawnSync("ip", args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`ip ${args.join(" ")}: ${stderr}`);
  return stdout;
};
const id = process.pid.toString(36);
const names = { desk: `wfd${id}`, near: `wfn${id}`, far: `wff${id}` };
const children: ChildProcess[] = [];

function whyNot(): string | undefined {
  if (process.platform !== "linux") return "needs Linux";
  if (process.getuid?.() !== 0) return "needs root for network namespaces";
  const tried = spawnSync("ip", ["netns", "add", `wft${id}`]);
  if (tried.error !== undefined || tried.status !== 0) return "network namespaces are not available";
  run("netns", "del", `wft${id}`);
  return undefined;
}
const reason = whyNot();

function start(namespace: string, file: string, ...args: readonly string[]): ChildProcess {
  const path = fileURLToPath(new URL(`../fixtures/${file}`, import.meta.url));
  const child = spawn("ip", ["netns", "exec", namespace, process.execPath, path, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  children.push(child);
  return child;
}

async function firstLine(child: ChildProcess): Promise<unknown> {
  if (child.stdout === null) throw new Error("no output");
  for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line);
  throw new Error("it ended without a word");
}

function plug(
  namespace: string,
  card: string,
  address: string,
  peer: string,
  theirs: readonly string[],
): void {
  run("link", "add", card, "netns", names.desk, "type", "veth", "peer", "name", "v0", "netns", namespace);
  run("-n", names.desk, "addr", "add", address, "dev", card);
  for (const each of theirs) run("-n", namespace, "addr", "add", each, "dev", "v0");
  run("-n", names.desk, "link", "set", card, "up");
  run("-n", namespace, "link", "set", "v0", "up");
  if (peer !== "") run("-n", namespace, "link", "set", "lo", "up");
}

beforeAll(async () => {
  if (reason !== undefined) return;
  for (const name of Object.values(names)) run("netns", "add", name);
  plug(names.near, "a0", "10.85.1.1/24", "near", ["10.85.1.2/24", "192.168.56.147/24"]);
  plug(names.far, "a1", "10.85.2.1/24", "far", ["10.85.2.2/24"]);
  const cameras = [
    start(names.near, "camera-site.ts", "near", "10.85.1.2", "10.85.1.2"),
    start(names.near, "camera-site.ts", "lost", "192.168.56.147", "10.85.1.2"),
    start(names.far, "camera-site.ts", "far", "10.85.2.2", "10.85.2.2"),
  ];
  await Promise.all(cameras.map(firstLine));
});

afterAll(async () => {
  for (const child of children) child.stdin?.end();
  await Promise.all(
    children
      .filter(({ exitCode }) => exitCode === null)
      .map((child) => new Promise<void>((resolve) => child.once("exit", () => resolve()))),
  );
  if (reason === undefined) for (const name of Object.values(names)) run("netns", "del", name);
});

const skipped = reason === undefined ? "" : ` (skipped: ${reason})`;
test.skipIf(reason !== undefined)(
  `two cards without a default route are both asked, and a camera of a foreign subnet is explained${skipped}`,
  async () => {
    const answer = await firstLine(start(names.desk, "probe-once.ts"));
    const { report, sightings } = z.object({ view: DiscoveryView }).parse(answer).view;
    const hosts = Object.fromEntries(
      sightings.map(({ host, flags, interfaceAddress }) => [host, { flags, interfaceAddress }]),
    );
    expect(hosts).toEqual({
      "10.85.1.2": { flags: [], interfaceAddress: "10.85.1.1" },
      "10.85.2.2": { flags: [], interfaceAddress: "10.85.2.1" },
      "192.168.56.147": { flags: ["foreign-subnet"], interfaceAddress: "10.85.1.1" },
    });
    const card = (address: string) => report.interfaces.find((each) => each.address === address);
    expect(card("10.85.1.1")?.remarks).toContain(
      "answered from 192.168.56.147, but you have no address there",
    );
    expect(card("10.85.1.1")?.devices).toBe(2);
    expect(card("10.85.2.1")).toMatchObject({ name: "a1", devices: 1, probesSent: 5, failure: null });
  },
);
