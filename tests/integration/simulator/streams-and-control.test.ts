import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterEach, describe, expect, it } from "vitest";
import { ControlError, SiteRemote } from "../../../electron/simulator/control/control-client.ts";
import { ReadyLine } from "../../../electron/simulator/control/control-protocol.ts";
import { startSite, type SimulatedCamera, type Site } from "../../../electron/simulator/site.ts";
import { waitUntil } from "../../fixtures/wait-until.ts";
import { here } from "../../fixtures/address-block.ts";

let site: Site | undefined;
let child: ChildProcess | undefined;
afterEach(async () => {
  await site?.stop();
  site = undefined;
  if (child !== undefined && child.exitCode === null) {
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  child = undefined;
});

/** One RTSP request without login; resolves with the reply's head and body, or the socket's error code. */
function rtsp(camera: SimulatedCamera, uri: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(camera.rtspPort, camera.host);
    let text = "";
    socket.on("connect", () =>
      socket.write(`DESCRIBE ${uri} RTSP/1.0\r\nCSeq: 1\r\nAccept: application/sdp\r\n\r\n`),
    );
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString("utf8");
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? "0");
      const end = text.indexOf("\r\n\r\n");
      if (end >= 0 && text.length >= end + 4 + length) socket.destroy();
    });
    socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    socket.on("close", () => resolve(text));
  });
}

describe("streams of a simulated camera", () => {
  it("are where ONVIF says, for every source, and move with the camera", async () => {
    site = await startSite({
      cameras: [{ scene: "gate", sources: 2 }],
      addressBase: here("127.82.15.1"),
      auth: { kind: "none" },
      discovery: { mode: "off" },
    });
    const [camera] = site.cameras;
    if (camera === undefined) throw new Error("no camera");
    for (const uri of [camera.mainUri, camera.subUri, camera.mainUri.replace("/main", "/2/main")]) {
      expect(await rtsp(camera, uri)).toMatch(/^RTSP\/1\.0 200 .*m=video/s);
    }
    expect(await rtsp(camera, camera.mainUri.replace("/main", "/3/main"))).toMatch(/^RTSP\/1\.0 404/);
    await camera.reboot({ newAddress: here("127.82.15.9"), downMs: 0 });
    expect(camera.mainUri).toBe(`rtsp://${here("127.82.15.9")}:8554/main`);
    expect(await rtsp(camera, camera.mainUri)).toMatch(/^RTSP\/1\.0 200/);
    expect(camera.counters.snapshot().rtsp?.requests).toMatchObject({ DESCRIBE: 1 });
  });

  it("ask for a login as the camera does, and carry the camera's RTSP faults", async () => {
    site = await startSite({
      cameras: [{ scene: "gate", auth: { kind: "digest", algorithms: ["SHA-256"] } }],
      addressBase: here("127.82.15.20"),
      discovery: { mode: "off" },
    });
    const [camera] = site.cameras;
    if (camera === undefined) throw new Error("no camera");
    expect(await rtsp(camera, camera.mainUri)).toMatch(/^RTSP\/1\.0 401 .*algorithm=SHA-256/s);
    camera.setFault({ kind: "rtsp-refuse" });
    let answer = "";
    await waitUntil("the door to close", async () => {
      answer = await rtsp(camera, camera.mainUri);
      return answer === "ECONNREFUSED";
    });
    camera.clearFault("rtsp-refuse");
    await waitUntil("the door to open", async () =>
      (await rtsp(camera, camera.mainUri)).startsWith("RTSP/1.0 401"),
    );
    await waitUntil("earlier connections to be gone", () => camera.rtspCounters?.connected === 0);
    const socket = connect(camera.rtspPort, camera.host)
      .on("error", () => undefined)
      .resume();
    await waitUntil("a connection", () => camera.rtspCounters?.connected === 1);
    camera.setFault({ kind: "rtsp-kill" });
    await once(socket, "close");
    expect(camera.counters.snapshot().faults).toMatchObject({ "rtsp-refuse": 1, "rtsp-kill": 1 });
  });
});

describe("the simulator process", () => {
  async function startProcess(...args: string[]): Promise<ReadyLine> {
    const entry = path.resolve("electron/simulator/entry.ts");
    const started = spawn(process.execPath, [entry, ...args], { stdio: ["pipe", "pipe", "pipe"] });
    child = started;
    for await (const line of createInterface({ input: started.stdout }))
      return ReadyLine.parse(JSON.parse(line));
    throw new Error("it ended before it was ready");
  }

  it("prints one ready line, obeys its token alone, and ends when its parent closes stdin", async () => {
    const ready = await startProcess("--cameras=2", `--address-base=${here("127.82.16.1")}`, "--no-rtsp");
    expect(ready.cameras.map(({ host }) => host)).toEqual([here("127.82.16.1"), here("127.82.16.2")]);
    expect(JSON.stringify(ready)).not.toContain("watchfloor-demo");
    const remote = new SiteRemote(ready);
    const faulty = await remote.tell("cam-1", { do: "set-fault", fault: { kind: "html-error" } });
    expect(faulty.faults).toEqual([{ kind: "html-error", status: 500 }]);
    await remote.tell("cam-1", { do: "clear-faults" });
    await remote.tell("cam-1", { do: "raise", event: "motion" });
    expect((await remote.counts())["cam-1"]?.eventsRaised).toBe(1);
    await remote.tell("cam-2", { do: "reboot", newAddress: here("127.82.16.77"), downMs: 0 });
    await waitUntil("the new address", async () => {
      const [, second] = await remote.cameras();
      return second?.host === here("127.82.16.77") && second.state === "on";
    });
    await expect(new SiteRemote({ ...ready, token: "x" }).cameras()).rejects.toMatchObject({ status: 401 });
    await expect(remote.tell("cam-9", { do: "start" })).rejects.toBeInstanceOf(ControlError);
    const broken: unknown = await fetch(`${ready.control}/cameras/cam-1`, {
      method: "POST",
      headers: { Authorization: `Bearer ${ready.token}` },
      body: "{",
    }).then((response) => response.status);
    expect(broken).toBe(400);
    child?.stdin?.end();
    const [code] = (await once(child ?? process, "exit")) as [number];
    expect(code).toBe(0);
  });

  it("stops when told to", async () => {
    const remote = new SiteRemote(
      await startProcess("--cameras=1", `--address-base=${here("127.82.16.30")}`, "--no-rtsp"),
    );
    await remote.stop();
    const [code] = (await once(child ?? process, "exit")) as [number];
    expect(code).toBe(0);
  });

  it("says in words why it cannot start", async () => {
    await expect(startProcess("--cameras=none")).rejects.toThrow("ended before");
    let words = "";
    child?.stderr?.on("data", (chunk: Buffer) => (words += chunk.toString("utf8")));
    await waitUntil("its end", () => child?.exitCode === 1);
    await waitUntil("its words", () => words.includes("the simulated site cannot start"));
  });
});
