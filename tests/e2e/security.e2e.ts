import type { BrowserWindow as Window } from "electron";
import { expect, test } from "./harness.ts";

/** What Chromium says in the console when it refuses what these tests try. */
const refusals = [
  /Content Security Policy/,
  /net::ERR_BLOCKED_BY_CLIENT|net::ERR_FAILED|net::ERR_ABORTED/,
  /Not allowed to load local resource/,
  /Refused to/,
  /permission/i,
  /WebSocket connection/,
];

test("every window is sandboxed, isolated, without Node and without webviews", async ({ launch }) => {
  const { app, page } = await launch();
  const preferences = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => {
      const known = window.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
      const { sandbox, contextIsolation, nodeIntegration, webviewTag, webSecurity } =
        known.getLastWebPreferences();
      return { sandbox, contextIsolation, nodeIntegration, webviewTag, webSecurity };
    }),
  );
  expect(preferences.length).toBeGreaterThan(0);
  for (const one of preferences) {
    expect(one).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      webSecurity: true,
    });
  }
  const leaks = await page.evaluate(() =>
    ["require", "process", "module", "Buffer", "global", "electron", "ipcRenderer"].filter(
      (name) => name in window,
    ),
  );
  expect(leaks).toEqual([]);
  const isWebview = await page.evaluate(() => "loadURL" in document.createElement("webview"));
  expect(isWebview).toBe(false);
});

test("pages come from our own scheme with a policy that allows nothing by default", async ({ launch }) => {
  const { app, page } = await launch();
  expect(page.url()).toMatch(/^app:\/\/watchfloor\//);
  const headers = await app.evaluate(async ({ session }) => {
    const response = await session.defaultSession.fetch("app://watchfloor/index.html");
    return { status: response.status, policy: response.headers.get("content-security-policy") };
  });
  expect(headers.status).toBe(200);
  expect(headers.policy).toContain("default-src 'none'");
  expect(headers.policy).not.toContain("unsafe");
});

test("the policy holds: no inline script, no eval, no frame, no request leaves the page", async ({
  launch,
}) => {
  const console = await launch();
  console.tolerate(...refusals);
  const tried = await console.page.evaluate(async () => {
    const script = document.createElement("script");
    script.textContent = "window.inlineRan = true";
    document.body.append(script);
    const frame = document.createElement("iframe");
    frame.src = "https://example.org/";
    document.body.append(frame);
    const outcome = (work: () => Promise<unknown>): Promise<string> =>
      work().then(
        () => "done",
        () => "refused",
      );
    const fetched = await outcome(() => fetch("http://127.0.0.1:9/"));
    const own = await outcome(() => fetch("app://watchfloor/index.html"));
    const picture = await outcome(
      () =>
        new Promise((resolve, reject) => {
          const image = new Image();
          image.addEventListener("load", resolve);
          image.addEventListener("error", reject);
          image.src = "http://127.0.0.1:9/x.png";
        }),
    );
    const socket = await outcome(
      () =>
        new Promise((resolve, reject) => {
          try {
            const opened = new WebSocket("ws://127.0.0.1:9/");
            opened.addEventListener("open", resolve);
            opened.addEventListener("error", reject);
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        }),
    );
    let framed = "none";
    try {
      framed = frame.contentDocument?.body.textContent === "" ? "empty" : "refused";
    } catch {
      framed = "refused";
    }
    frame.remove();
    return { inline: "inlineRan" in window, fetched, own, picture, socket, framed };
  });
  expect(tried).toMatchObject({
    inline: false,
    fetched: "refused",
    own: "refused",
    picture: "refused",
    socket: "refused",
  });
  expect(["refused", "empty"]).toContain(tried.framed);
});

test("no address leads out of the pages' folder", async ({ launch }) => {
  const { app } = await launch();
  const statuses = await app.evaluate(
    async ({ session }, addresses) =>
      Promise.all(
        addresses.map((address) =>
          session.defaultSession.fetch(address).then(
            ({ status }) => status,
            () => 0,
          ),
        ),
      ),
    [
      "app://watchfloor/..%2f..%2fpackage.json",
      "app://watchfloor/%2e%2e/%2e%2e/package.json",
      "app://watchfloor/..%5c..%5cpackage.json",
      "app://watchfloor/assets/..%2f..%2fmain%2findex.js",
      "app://watchfloor//etc/passwd",
      "app://other/index.html",
    ],
  );
  expect(statuses.filter((status) => status === 200)).toEqual([]);
});

test("camera, microphone, place, notifications and devices are denied, asked or checked", async ({
  launch,
}) => {
  const console = await launch();
  console.tolerate(...refusals);
  const answers = await console.page.evaluate(async () => {
    const refused = (work: Promise<unknown>): Promise<string> =>
      work.then(
        (value) => String(value),
        () => "refused",
      );
    const states = await Promise.all(
      (["camera", "microphone", "geolocation", "notifications", "midi"] as const).map(async (name) => {
        const { state } = await navigator.permissions.query({ name: name as PermissionName });
        return `${name} ${state}`;
      }),
    );
    return {
      states,
      camera: await refused(navigator.mediaDevices.getUserMedia({ video: true, audio: true })),
      place: await refused(new Promise((done, fail) => navigator.geolocation.getCurrentPosition(done, fail))),
      notification: await refused(Notification.requestPermission()),
    };
  });
  expect(answers.states.filter((state) => !state.endsWith("denied"))).toEqual([]);
  expect(answers).toMatchObject({ camera: "refused", place: "refused", notification: "denied" });
});

test("a page goes nowhere else and opens nothing", async ({ launch }) => {
  const console = await launch();
  console.tolerate(...refusals);
  const { app, page } = console;
  const before = page.url();
  const opened = await page.evaluate(() => {
    const popup = window.open("https://example.org/");
    const link = document.createElement("a");
    link.href = "https://example.org/";
    document.body.append(link);
    link.click();
    link.target = "_blank";
    link.click();
    location.href = "file:///etc/passwd";
    return popup !== null;
  });
  expect(opened).toBe(false);
  await page.evaluate(() => {
    location.href = "https://example.org/";
  });
  await expect
    .poll(() =>
      app.evaluate(({ webContents }) => webContents.getAllWebContents().map((each) => each.getURL())),
    )
    .toEqual([before]);
});

test("a page that is not ours is given no port, even with our preload script", async ({ launch }) => {
  const console = await launch();
  const { app, page } = console;
  const ports = await app.evaluate(async ({ BrowserWindow, app: main }) => {
    const preload = `${main.getAppPath()}/out/preload/index.cjs`;
    const foreign: Window = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
    const html = `<script>
      window.got = 0;
      addEventListener("message", (event) => { window.got += event.ports.length; });
      postMessage("watchfloor:hello", "*");
    </script>`;
    await foreign.loadURL(`data:text/html,${encodeURIComponent(html)}`);
    const got: unknown = await foreign.webContents.executeJavaScript("window.got");
    foreign.destroy();
    return got;
  });
  expect(ports).toBe(0);
  const own = await page.evaluate(
    () =>
      new Promise((resolve) => {
        addEventListener("message", (event) => {
          if (event.data === "watchfloor:media") resolve(event.ports.length);
        });
        postMessage("watchfloor:hello", location.origin);
      }),
  );
  expect(own).toBe(1);
});
