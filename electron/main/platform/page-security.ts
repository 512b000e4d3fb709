import { app, session, type Session, type WebContents } from "electron";
import type { Log } from "../../../shared/model/log.ts";
import { isOwnPage } from "./asset-path.ts";
import { isPermitted, mayLoad } from "./page-policy.ts";

/** Closes a session: no permission, no device, no network, no download but by the table in `page-policy.ts`. */
function secureSession(pages: Session, log: Log): void {
  pages.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const isAllowed = isPermitted(permission, details.requestingUrl, details.isMainFrame);
    if (!isAllowed) log.warn("permission denied", { permission });
    answer(isAllowed);
  });
  pages.setPermissionCheckHandler((_contents, permission, origin, details) =>
    isPermitted(permission, details.requestingUrl ?? origin, details.isMainFrame),
  );
  pages.setDevicePermissionHandler(() => false);
  pages.webRequest.onBeforeRequest((details, answer) => {
    const cancel = !mayLoad(details.url);
    if (cancel) log.warn("page request refused", { url: details.url.slice(0, 300) });
    answer({ cancel });
  });
  pages.on("will-download", (event) => {
    log.warn("download refused");
    event.preventDefault();
  });
}

function secureContents(contents: WebContents, log: Log): void {
  const stay = (event: { preventDefault(): void; readonly url: string }): void => {
    if (isOwnPage(event.url)) return;
    log.warn("navigation refused", { url: event.url.slice(0, 300) });
    event.preventDefault();
  };
  contents.on("will-navigate", stay);
  contents.on("will-frame-navigate", stay);
  contents.on("will-redirect", stay);
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    log.warn("new window refused", { url: url.slice(0, 300) });
    return { action: "deny" };
  });
}

/**
 * Every page that ever comes to be stays where it is, opens nothing and is granted nothing but by the table.
 * Call before the first window.
 */
export function securePages(log: Log): void {
  secureSession(session.defaultSession, log);
  app.on("web-contents-created", (_event, contents) => secureContents(contents, log));
}
