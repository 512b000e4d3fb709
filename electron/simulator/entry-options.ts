import { SiteOptions } from "./site-options.ts";

/** The command line is not one. */
export class ArgumentError extends Error {
  override readonly name = "ArgumentError";
}

/**
 * Options of the simulator process.
 *
 * `--cameras=N`, `--scenes=DIR`, `--address-base=127.x.y.z`, `--seed=TEXT`, `--activity`, `--no-rtsp`, and
 * `--site=JSON` for everything `SiteOptions` knows; single flags win over it.
 *
 * @throws ArgumentError, and nothing else
 */
export function readArguments(args: readonly string[]): SiteOptions {
  const values = new Map(args.map(splitArgument));
  let site: unknown = {};
  const json = values.get("site");
  try {
    if (json !== undefined) site = JSON.parse(json);
  } catch (cause) {
    throw new ArgumentError("--site is not JSON", { cause });
  }
  if (typeof site !== "object" || site === null || Array.isArray(site))
    throw new ArgumentError("--site is no object");
  const cameras = values.get("cameras");
  const merged = {
    ...site,
    ...(cameras === undefined ? {} : { cameras: Number(cameras) }),
    ...taken(values, "scenes", "scenesDirectory"),
    ...taken(values, "address-base", "addressBase"),
    ...taken(values, "seed", "seed"),
    ...(values.has("activity") ? { activity: true } : {}),
    ...(values.has("no-rtsp") ? { rtsp: false } : {}),
  };
  const parsed = SiteOptions.safeParse(merged);
  if (!parsed.success) throw new ArgumentError(parsed.error.message, { cause: parsed.error });
  return parsed.data;
}

const known = new Set(["cameras", "scenes", "address-base", "seed", "activity", "no-rtsp", "site"]);

function splitArgument(argument: string): [string, string] {
  const match = /^--([a-z-]+)(?:=(.*))?$/s.exec(argument);
  const name = match?.[1];
  if (name === undefined || !known.has(name))
    throw new ArgumentError(`unknown argument: ${argument.slice(0, 80)}`);
  return [name, match?.[2] ?? ""];
}

function taken(values: ReadonlyMap<string, string>, flag: string, option: string): Record<string, string> {
  const value = values.get(flag);
  return value === undefined ? {} : { [option]: value };
}
