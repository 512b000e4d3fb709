import type {
  Loader,
  LoaderCallbacks,
  LoaderConfiguration,
  LoaderContext,
  LoaderStats,
  HlsConfig,
} from "hls.js";
import type { MediaResponse } from "./media-link.ts";

/** hls.js resolves the playlist's relative addresses against this; nothing is ever asked over a network. */
export const portBase = "https://media.invalid/";

/** Whatever answers the loader: a live subscription, or a recorded channel of a playback. */
export interface PortSource {
  get(path: string, signal: AbortSignal): Promise<MediaResponse>;
}

/**
 * A loader class for hls.js that asks the media process over the window's port.
 *
 * A failed request is reported once; hls.js's own load policy decides about repeats.
 */
export function portLoaderFor(subscription: () => PortSource | undefined): HlsConfig["loader"] {
  return class PortLoader implements Loader<LoaderContext> {
    context: LoaderContext | null = null;
    readonly stats: LoaderStats = freshStats();
    #ends: AbortController | undefined;
    #callbacks: LoaderCallbacks<LoaderContext> | undefined;

    load(
      context: LoaderContext,
      config: LoaderConfiguration,
      callbacks: LoaderCallbacks<LoaderContext>,
    ): void {
      this.context = context;
      this.#callbacks = callbacks;
      const ends = new AbortController();
      this.#ends = ends;
      this.stats.loading.start = performance.now();
      const timer = setTimeout(() => {
        ends.abort(new Error("no answer in time"));
        callbacks.onTimeout(this.stats, context, null);
      }, config.loadPolicy.maxLoadTimeMs);
      const asked =
        subscription()?.get(portPath(context), ends.signal) ?? Promise.reject(new Error("closed"));
      asked.then(
        (response) => {
          clearTimeout(timer);
          if (!ends.signal.aborted) this.#answered(response, context, callbacks);
        },
        (error: unknown) => {
          clearTimeout(timer);
          if (ends.signal.aborted) return;
          callbacks.onError({ code: 0, text: String(error) }, context, null, this.stats);
        },
      );
    }

    #answered(
      response: MediaResponse,
      context: LoaderContext,
      callbacks: LoaderCallbacks<LoaderContext>,
    ): void {
      const { stats } = this;
      stats.loading.first = performance.now();
      stats.loading.end = stats.loading.first;
      if (response.status !== 200 || response.bytes === null) {
        callbacks.onError({ code: response.status, text: response.contentType }, context, null, stats);
        return;
      }
      stats.loaded = response.bytes.byteLength;
      stats.total = response.bytes.byteLength;
      const data =
        context.responseType === "arraybuffer"
          ? ownBuffer(response.bytes)
          : new TextDecoder().decode(response.bytes);
      callbacks.onSuccess({ url: context.url, data, code: 200 }, stats, context, null);
    }

    abort(): void {
      const ends = this.#ends;
      if (ends === undefined || ends.signal.aborted || this.stats.loading.end > 0) return;
      this.stats.aborted = true;
      ends.abort(new Error("not needed any more"));
      if (this.context !== null) this.#callbacks?.onAbort?.(this.stats, this.context, null);
    }

    destroy(): void {
      this.#callbacks = undefined;
      this.abort();
      this.context = null;
    }

    getCacheAge(): number | null {
      return null;
    }

    getResponseHeader(): string | null {
      return null;
    }
  };
}

/** The request's path and query below the base: `index.m3u8?_HLS_msn=3`. */
export function portPath(context: { readonly url: string }): string {
  const url = new URL(context.url, portBase);
  return `${url.pathname}${url.search}`.replace(/^\//, "");
}

function ownBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = bytes;
  const isWhole = buffer instanceof ArrayBuffer && byteLength === buffer.byteLength;
  if (isWhole) return buffer;
  return new Uint8Array(buffer, byteOffset, byteLength).slice().buffer as ArrayBuffer;
}

function freshStats(): LoaderStats {
  const timing = (): { start: number; first: number; end: number } => ({ start: 0, first: 0, end: 0 });
  return {
    aborted: false,
    loaded: 0,
    retry: 0,
    total: 0,
    chunkCount: 0,
    bwEstimate: 0,
    loading: timing(),
    parsing: timing(),
    buffering: timing(),
  };
}
