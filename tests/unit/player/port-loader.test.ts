import {
  LoaderContextType,
  type LoaderCallbacks,
  type LoaderConfiguration,
  type LoaderContext,
} from "hls.js";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { MediaResponse, MediaSubscription } from "../../../renderer/player/media-link.ts";
import { portBase, portLoaderFor, portPath } from "../../../renderer/player/port-loader.ts";

interface Asked {
  readonly path: string;
  readonly signal: AbortSignal;
  readonly answer: (response: MediaResponse) => void;
  readonly fail: (error: Error) => void;
}

/** The media process: answers when the test says so. */
function quietSubscription(): { readonly asked: Asked[]; readonly subscription: MediaSubscription } {
  const asked: Asked[] = [];
  const subscription: MediaSubscription = {
    appended: () => undefined,
    close: () => undefined,
    get: (path, signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
        asked.push({ path, signal, answer: resolve, fail: reject });
      }),
  };
  return { asked, subscription };
}

const context = (path: string, responseType = "text"): LoaderContext => ({
  url: `${portBase}${path}`,
  responseType,
  type: responseType === "text" ? LoaderContextType.LEVEL : LoaderContextType.MEDIA_FRAGMENT,
});
const config: LoaderConfiguration = {
  loadPolicy: {
    maxTimeToFirstByteMs: 1_000,
    maxLoadTimeMs: 5_000,
    timeoutRetry: null,
    errorRetry: null,
  },
  maxRetry: 0,
  timeout: 5_000,
  retryDelay: 0,
  maxRetryDelay: 0,
};

function callbacks() {
  return {
    onSuccess: vi.fn<LoaderCallbacks<LoaderContext>["onSuccess"]>(),
    onError: vi.fn<LoaderCallbacks<LoaderContext>["onError"]>(),
    onTimeout: vi.fn<LoaderCallbacks<LoaderContext>["onTimeout"]>(),
    onAbort: vi.fn<NonNullable<LoaderCallbacks<LoaderContext>["onAbort"]>>(),
  };
}

function loading(path = "index.m3u8", responseType = "text") {
  const { asked, subscription } = quietSubscription();
  const Loader = portLoaderFor(() => subscription);
  const loader = new Loader({} as ConstructorParameters<typeof Loader>[0]);
  const told = callbacks();
  loader.load(context(path, responseType), config, told);
  const [request] = asked;
  if (request === undefined) throw new Error("nothing was asked for");
  return { loader, told, request };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const settled = () => vi.advanceTimersByTimeAsync(0);

describe("asking for files of standard mode over the port", () => {
  it("asks for the path below the base, with its blocking-reload query", () => {
    expect(portPath({ url: `${portBase}index.m3u8?_HLS_msn=3&_HLS_part=2` })).toBe(
      "index.m3u8?_HLS_msn=3&_HLS_part=2",
    );
    expect(portPath({ url: "part/7/1.m4s" })).toBe("part/7/1.m4s");
  });

  it("gives a playlist as text and a part as a buffer of exactly its bytes", async () => {
    const playlist = loading();
    expect(playlist.request.path).toBe("index.m3u8");
    await vi.advanceTimersByTimeAsync(20);
    playlist.request.answer({
      status: 200,
      contentType: "application/vnd.apple.mpegurl",
      bytes: new TextEncoder().encode("#EXTM3U"),
    });
    await settled();
    expect(playlist.told.onSuccess.mock.calls[0]?.[0].data).toBe("#EXTM3U");
    expect(playlist.loader.stats.loading.end).toBeGreaterThan(0);

    const part = loading("p/1/2.m4s", "arraybuffer");
    const larger = new Uint8Array([9, 1, 2, 3, 9]);
    part.request.answer({ status: 200, contentType: "video/mp4", bytes: larger.subarray(1, 4) });
    await settled();
    const [answer] = part.told.onSuccess.mock.calls[0] ?? [];
    expect(answer?.data).toBeInstanceOf(ArrayBuffer);
    expect([...new Uint8Array(answer?.data as ArrayBuffer)]).toEqual([1, 2, 3]);
    expect(part.loader.stats.loaded).toBe(3);
  });

  it.each([404, 503, 400])("reports status %i once and leaves repeating to hls.js", async (status) => {
    const { told, request } = loading();
    request.answer({ status, contentType: "text/plain", bytes: null });
    await settled();
    expect(told.onError.mock.calls.map(([error]) => error.code)).toEqual([status]);
    expect(told.onSuccess).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told.onError).toHaveBeenCalledOnce();
    expect(told.onTimeout).not.toHaveBeenCalled();
  });

  it("reports a port that is gone as an error and not as silence", async () => {
    const { told, request } = loading();
    request.fail(new Error("the port was closed"));
    await settled();
    expect(told.onError.mock.calls[0]?.[0]).toMatchObject({
      code: 0,
      text: expect.stringContaining("closed"),
    });

    const Loader = portLoaderFor(() => undefined);
    const orphan = callbacks();
    new Loader({} as ConstructorParameters<typeof Loader>[0]).load(context("index.m3u8"), config, orphan);
    await settled();
    expect(orphan.onError).toHaveBeenCalledOnce();
  });

  it("gives up after hls.js's own limit, cancels the request and says so once", async () => {
    const { told, request } = loading();
    await vi.advanceTimersByTimeAsync(4_999);
    expect(told.onTimeout).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(told.onTimeout).toHaveBeenCalledOnce();
    expect(request.signal.aborted).toBe(true);
    expect(told.onError).not.toHaveBeenCalled();
  });

  it("aborts what is not needed any more: the media process is told, late answers are dropped", async () => {
    const { loader, told, request } = loading();
    loader.abort();
    expect(told.onAbort).toHaveBeenCalledOnce();
    expect(loader.stats.aborted).toBe(true);
    expect(request.signal.aborted).toBe(true);
    request.answer({ status: 200, contentType: "", bytes: new Uint8Array() });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told.onSuccess).not.toHaveBeenCalled();
    expect(told.onError).not.toHaveBeenCalled();
    expect(told.onTimeout).not.toHaveBeenCalled();
  });

  it("says nothing any more once it was destroyed", async () => {
    const { loader, told, request } = loading();
    loader.destroy();
    expect(request.signal.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(60_000);
    for (const callback of Object.values(told)) expect(callback).not.toHaveBeenCalled();
  });
});
