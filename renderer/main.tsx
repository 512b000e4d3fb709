import "@fontsource-variable/inter/wght.css";
import "./design/tokens.css";
import "./design/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { openBridge } from "./bridge/bridge.ts";
import type { Page } from "./frame/page.ts";
import { pages } from "./pages.tsx";

/** The gallery of components exists only while developing; a built window does not contain it. */
async function developerPages(): Promise<readonly Page[]> {
  if (!import.meta.env.DEV) return [];
  const { galleryPage } = await import("./features/gallery/gallery-page.ts");
  return [galleryPage];
}

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
const { client, mediaPort } = openBridge(window);

/** What no component caught goes to the log; the window goes on. */
function reportFault(fault: unknown): void {
  const error = fault instanceof Error ? fault : new Error(String(fault));
  client.app
    .reportFault({ message: error.message.slice(0, 2_000), stack: (error.stack ?? "").slice(0, 8_000) })
    .catch((failure: unknown) => console.warn(failure));
}
window.addEventListener("error", (event) => reportFault(event.error ?? event.message));
window.addEventListener("unhandledrejection", (event) => reportFault(event.reason));

const allPages = [...pages, ...(await developerPages())];
createRoot(root).render(
  <StrictMode>
    <App client={client} link={mediaPort} pages={allPages} />
  </StrictMode>,
);
