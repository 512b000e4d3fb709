import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** Two hosts of their own on one wire: the site in one, whoever asks in the other. Needs root and iproute2. */
const [siteHost, otherHost] = ["wfsim-site", "wfsim-other"];
const addresses = ["10.82.0.11", "10.82.0.12", "10.82.0.13"];

function ip(...args: readonly string[]): void {
  execFileSync("ip", args, { stdio: "pipe" });
}

/** Removes what an earlier run that was killed left behind, too. */
function removeHosts(): void {
  for (const name of [siteHost, otherHost]) {
    try {
      ip("netns", "delete", name);
    } catch (error) {
      expect(String(error)).toMatch(/No such file|not found/i);
    }
  }
}

function canMakeHosts(): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  try {
    ip("netns", "add", "wfsim-try");
    ip("netns", "delete", "wfsim-try");
    return true;
  } catch {
    // No iproute2, or a container that may not: the test says so by being skipped.
    return false;
  }
}

/** Sends one multicast probe and prints the addresses that answered within a second. */
const prober = `
const socket = require("node:dgram").createSocket("udp4");
const from = [];
socket.on("message", (bytes, peer) => { if (String(bytes).includes(peer.address + ":8080/onvif")) from.push(peer.address); });
socket.bind(0, "10.82.0.1", () => {
  socket.setMulticastInterface("10.82.0.1");
  socket.send('<s:Envelope xmlns:s="urn:s" xmlns:d="urn:d"><s:Header/><s:Body><d:Probe/></s:Body></s:Envelope>', 3702, "239.255.255.250");
  setTimeout(() => { console.log(JSON.stringify(from.sort())); socket.close(); }, 1000);
});`;

describe.skipIf(!canMakeHosts())("a site at real addresses", () => {
  let site: ChildProcess | undefined;

  beforeAll(() => {
    removeHosts();
    for (const name of [siteHost, otherHost]) ip("netns", "add", name);
    ip("-n", siteHost, "link", "add", "wire0", "type", "veth", "peer", "name", "wire1", "netns", otherHost);
    for (const address of addresses) ip("-n", siteHost, "addr", "add", `${address}/24`, "dev", "wire0");
    ip("-n", otherHost, "addr", "add", "10.82.0.1/24", "dev", "wire1");
    ip("-n", siteHost, "link", "set", "wire0", "up");
    ip("-n", siteHost, "link", "set", "lo", "up");
    ip("-n", otherHost, "link", "set", "wire1", "up");
  });
  afterAll(async () => {
    if (site !== undefined && site.exitCode === null) {
      site.stdin?.end();
      await once(site, "exit");
    }
    removeHosts();
  });

  it("answers multicast from each camera's own address, once", async () => {
    const options = JSON.stringify({ cameras: 3, addresses, rtsp: false });
    const entry = path.resolve("electron/simulator/entry.ts");
    const started = spawn("ip", ["netns", "exec", siteHost, process.execPath, entry, `--site=${options}`], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    site = started;
    const lines = createInterface({ input: started.stdout });
    expect(JSON.stringify(await once(lines, "line"))).toContain("10.82.0.13");
    const answered = execFileSync("ip", ["netns", "exec", otherHost, process.execPath, "-e", prober], {
      encoding: "utf8",
    });
    expect(JSON.parse(answered)).toEqual(addresses);
  });
});
