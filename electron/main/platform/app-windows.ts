import fs from "node:fs/promises";
import path from "node:path";
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  MessageChannelMain,
  type MessagePortMain,
  type OpenDialogOptions,
  type WebContents,
} from "electron";
import { Topic } from "../../../shared/base/topic.ts";
import type { Log } from "../../../shared/model/log.ts";
import { pageOrigin, pageUrl } from "./asset-path.ts";
import { isOwnMainFrame } from "./page-policy.ts";

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type WindowMode = "normal" | "maximised" | "full-screen";

/** Where a window stands; `bounds` are those it has when neither maximised nor full screen. */
export interface Placement {
  readonly bounds: Bounds;
  readonly mode: WindowMode;
}

export interface AppWindowsDeps {
  readonly log: Log;
  readonly preloadFile: string;
  /** What the window's bar shows where the system does not take it from the program. */
  readonly iconFile: string;
  /** A page said hello: it gets its ports now. */
  readonly onHello: (windowId: number, give: (name: string) => MessagePortMain) => void;
}

const smallest = { width: 960, height: 600 };

/** The console's windows, by a number of their own. Sandboxed, isolated, without Node; see `page-security.ts`. */
export class AppWindows {
  readonly #deps: AppWindowsDeps;
  readonly #windows = new Map<number, BrowserWindow>();
  readonly closed = new Topic<{ readonly windowId: number; readonly byPerson: boolean }>();
  /** It still stands where it stood. */
  readonly closing = new Topic<{ readonly windowId: number }>();
  readonly moved = new Topic<{ readonly windowId: number }>();
  /** The window's page crashed and was loaded again. */
  readonly crashed = new Topic<{ readonly windowId: number; readonly reason: string }>();
  #isStopping = false;

  constructor(deps: AppWindowsDeps) {
    this.#deps = deps;
  }

  start(): void {
    ipcMain.on("watchfloor:hello", (event) => this.#hello(event));
  }

  /** Closes every window. Idempotent. */
  stop(): void {
    this.#isStopping = true;
    ipcMain.removeAllListeners("watchfloor:hello");
    for (const window of this.#windows.values()) window.destroy();
    this.#windows.clear();
  }

  get ids(): readonly number[] {
    return [...this.#windows.keys()];
  }

  open(windowId: number, placement: Placement): void {
    const window = new BrowserWindow({
      ...placement.bounds,
      minWidth: smallest.width,
      minHeight: smallest.height,
      show: false,
      title: "Watchfloor",
      icon: this.#deps.iconFile,
      backgroundColor: "#111113",
      autoHideMenuBar: true,
      webPreferences: {
        preload: this.#deps.preloadFile,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webviewTag: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        experimentalFeatures: false,
        navigateOnDragDrop: false,
        spellcheck: false,
        // A wall behind another window must stay live.
        backgroundThrottling: false,
        autoplayPolicy: "no-user-gesture-required",
      },
    });
    this.#windows.set(windowId, window);
    if (placement.mode === "maximised") window.maximize();
    if (placement.mode === "full-screen") window.setFullScreen(true);
    window.once("ready-to-show", () => window.show());
    this.#watch(windowId, window);
    void this.#load(window);
  }

  close(windowId: number): void {
    this.#windows.get(windowId)?.close();
  }

  /** Asks for a folder in the system's dialog over that window; null: none was chosen. */
  async chooseFolder(windowId: number, title: string, from: string): Promise<string | null> {
    const options: OpenDialogOptions = {
      title,
      properties: ["openDirectory", "createDirectory"],
      ...(from === "" ? {} : { defaultPath: from }),
    };
    const window = this.#windows.get(windowId);
    if (window === undefined) return null;
    const { canceled, filePaths } = await dialog.showOpenDialog(window, options);
    return canceled ? null : (filePaths[0] ?? null);
  }

  /** Asks where a file goes in the system's dialog over that window; null: nowhere. */
  async choosePlace(windowId: number, name: string): Promise<string | null> {
    const window = this.#windows.get(windowId);
    if (window === undefined) return null;
    const ending = path.extname(name).slice(1);
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      defaultPath: path.join(app.getPath("documents"), name),
      filters: [{ name: ending.toUpperCase(), extensions: [ending] }],
    });
    return canceled || filePath === "" ? null : filePath;
  }

  focus(): void {
    const window = this.#windows.values().next().value;
    if (window === undefined) return;
    if (window.isMinimized()) window.restore();
    window.focus();
  }

  setFullScreen(windowId: number, on: boolean): void {
    this.#windows.get(windowId)?.setFullScreen(on);
  }

  placement(windowId: number): Placement | undefined {
    const window = this.#windows.get(windowId);
    if (window === undefined) return undefined;
    const mode = window.isFullScreen() ? "full-screen" : window.isMaximized() ? "maximised" : "normal";
    return { bounds: window.getNormalBounds(), mode };
  }

  /** Gives a window's page one end of a new channel under `name`; answers the other end, or undefined. */
  give(windowId: number, name: string): MessagePortMain | undefined {
    const window = this.#windows.get(windowId);
    if (window === undefined || window.webContents.isDestroyed()) return undefined;
    const { mainFrame } = window.webContents;
    if (!isOwnMainFrame({ senderFrame: mainFrame }, pageOrigin)) return undefined;
    const { port1, port2 } = new MessageChannelMain();
    window.webContents.postMessage(name, null, [port2]);
    return port1;
  }

  /** Saves a PNG of what each window shows now: `name.png`, further windows `name-1.png`. */
  async saveShots(folder: string, name: string): Promise<void> {
    await fs.mkdir(folder, { recursive: true });
    for (const [windowId, window] of this.#windows) {
      const image = await window.webContents.capturePage();
      const file = windowId === 0 ? `${name}.png` : `${name}-${windowId}.png`;
      await fs.writeFile(path.join(folder, file), image.toPNG());
    }
  }

  #idOf(contents: WebContents): number | undefined {
    for (const [id, window] of this.#windows) if (window.webContents === contents) return id;
    return undefined;
  }

  #hello(event: Electron.IpcMainEvent): void {
    const windowId = this.#idOf(event.sender);
    if (windowId === undefined || !isOwnMainFrame(event, pageOrigin)) {
      this.#deps.log.warn("a page that is not ours asked for a port", {
        origin: event.senderFrame?.origin ?? "",
      });
      return;
    }
    this.#deps.onHello(windowId, (name) => {
      const { port1, port2 } = new MessageChannelMain();
      event.sender.postMessage(name, null, [port2]);
      return port1;
    });
  }

  #watch(windowId: number, window: BrowserWindow): void {
    const moved = (): void => this.moved.publish({ windowId });
    window.on("resize", moved);
    window.on("move", moved);
    window.on("maximize", moved);
    window.on("unmaximize", moved);
    window.on("enter-full-screen", moved);
    window.on("leave-full-screen", moved);
    window.on("close", () => {
      if (!this.#isStopping) this.closing.publish({ windowId });
    });
    window.on("closed", () => {
      if (!this.#windows.delete(windowId)) return;
      this.closed.publish({ windowId, byPerson: !this.#isStopping });
    });
    window.webContents.on("render-process-gone", (_event, { reason }) => {
      if (this.#isStopping || reason === "clean-exit") return;
      this.#deps.log.error("a window's page crashed", { windowId, reason });
      this.crashed.publish({ windowId, reason });
    });
    window.on("unresponsive", () => this.#deps.log.warn("a window does not respond", { windowId }));
    window.on("responsive", () => this.#deps.log.info("a window responds again", { windowId }));
  }

  /** Loads the page again after it crashed. */
  reload(windowId: number): void {
    const window = this.#windows.get(windowId);
    if (window !== undefined && !window.isDestroyed()) void this.#load(window);
  }

  async #load(window: BrowserWindow): Promise<void> {
    try {
      await window.loadURL(pageUrl);
    } catch (error) {
      if (window.isDestroyed()) return;
      // Also when the page crashed or was told to go elsewhere before it had loaded: neither is a fault of its own.
      this.#deps.log.warn("a window's page did not load", { why: String(error) });
    }
  }
}
