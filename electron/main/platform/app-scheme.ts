import fs from "node:fs/promises";
import { protocol, session } from "electron";
import type { Log } from "../../../shared/model/log.ts";
import { assetPath, assetType, pageScheme } from "./asset-path.ts";
import { pageHeaders } from "./page-policy.ts";

/** Makes `app://` a scheme with an origin of its own. Must run before the application is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, stream: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built pages from `root` on `app://`, nothing from outside of it. */
export function serveAppScheme(root: string, log: Log): void {
  session.defaultSession.protocol.handle(pageScheme, async (request) => {
    const file = request.method === "GET" ? assetPath(root, request.url) : undefined;
    const type = file === undefined ? undefined : assetType(file);
    if (file === undefined || type === undefined) {
      log.warn("page asset refused", { method: request.method, url: request.url.slice(0, 300) });
      return new Response(null, { status: 404, headers: pageHeaders });
    }
    try {
      const body = await fs.readFile(file);
      return new Response(new Uint8Array(body), { headers: { ...pageHeaders, "content-type": type } });
    } catch (error) {
      const why = error instanceof Error && "code" in error ? String(error.code) : "unknown";
      log.warn("page asset missing", { url: request.url.slice(0, 300), why });
      return new Response(null, { status: 404, headers: pageHeaders });
    }
  });
}
