import { cleanup, render, screen } from "@testing-library/react";
import { App } from "../../renderer/App.tsx";
import type { Page } from "../../renderer/frame/page.ts";
import { pages as productPages } from "../../renderer/pages.tsx";
import { createFakeConsole } from "./fake-console.ts";
import type { FakeConsole, FakeSite } from "./fake-site.ts";
import { silentLink } from "./silent-link.ts";

/** Decodes nothing; says so. */
class NoMediaSource extends EventTarget {
  static isTypeSupported(): boolean {
    return false;
  }
}

/** What happy-dom lacks and the pages ask for. */
function completeDom(): void {
  globalThis.ResizeObserver ??= class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  };
  for (const [name, pixels] of [
    ["clientWidth", 1_366],
    ["clientHeight", 768],
  ] as const) {
    Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => pixels });
  }
  Object.defineProperty(globalThis, "MediaSource", { configurable: true, value: NoMediaSource });
  Object.defineProperty(Element.prototype, "scrollIntoView", { configurable: true, value: () => undefined });
}

/** The whole window over a fake console, once its status bar stands. */
export async function renderConsole(
  seed: Partial<FakeSite> = {},
  pages: readonly Page[] = productPages,
): Promise<FakeConsole> {
  cleanup();
  completeDom();
  localStorage.clear();
  const fake = createFakeConsole(seed);
  render(<App client={fake.client} link={silentLink} pages={pages} />);
  await screen.findByRole("contentinfo", { name: "Status" });
  return fake;
}
