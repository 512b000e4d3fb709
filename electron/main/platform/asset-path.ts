import path from "node:path";

/** Our pages' scheme and host: `app://watchfloor/index.html`. */
export const pageScheme = "app";
export const pageHost = "watchfloor";
export const pageOrigin = `${pageScheme}://${pageHost}`;
export const pageUrl = `${pageOrigin}/index.html`;

/** An address, or undefined when it is none. */
export function parseAddress(address: string): URL | undefined {
  return URL.canParse(address) ? new URL(address) : undefined;
}

/** Is this address one of our own pages? Anything that does not parse is not. */
export function isOwnPage(address: string): boolean {
  const url = parseAddress(address);
  return (
    url !== undefined &&
    url.protocol === `${pageScheme}:` &&
    url.host === pageHost &&
    url.username === "" &&
    url.password === ""
  );
}

/**
 * The file that an `app://` address names, or undefined when it names none inside `root`.
 *
 * Compares by `path.relative` after decoding, so that `..`, encoded separators, drive letters and NUL lead nowhere.
 */
export function assetPath(root: string, address: string): string | undefined {
  const url = parseAddress(address);
  if (url === undefined || !isOwnPage(address)) return undefined;
  let name: string;
  try {
    name = decodeURIComponent(url.pathname);
  } catch {
    return undefined;
  }
  if (name.includes("\0") || name.includes("\\")) return undefined;
  const file = path.resolve(root, `.${name === "/" ? "/index.html" : name}`);
  const inside = path.relative(root, file);
  const isInside = inside !== "" && !path.isAbsolute(inside) && inside.split(path.sep)[0] !== "..";
  return isInside ? file : undefined;
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".woff2": "font/woff2",
  ".mp3": "audio/mpeg",
  ".wav": "audio/wav",
};

/** Content type by ending; undefined: this kind of file is not served. */
export const assetType = (file: string): string | undefined => types[path.extname(file).toLowerCase()];
