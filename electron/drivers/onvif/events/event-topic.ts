/** Namespaces whose topics are told by a short name; others by their URI. */
const known: ReadonlyMap<string, string> = new Map([
  ["http://www.onvif.org/ver10/topics", "onvif"],
  ["http://www.onvif.org/ver10/topics/", "onvif"],
  ["http://www.axis.com/2009/event/topics", "axis"],
  ["http://www.hikvision.com/2011/event/topics", "hikvision"],
  ["http://www.dahuasecurity.com/2012/event/topics", "dahua"],
  ["http://www.avigilon.com/onvif/topics", "avigilon"],
]);

/** Prefixes that devices use without declaring them, as they mean them. */
const customary: ReadonlyMap<string, string> = new Map([
  ["tns1", "onvif"],
  ["tnsaxis", "axis"],
  ["tnshik", "hikvision"],
  ["tnsavg", "avigilon"],
]);

/** A topic with its namespaces resolved: two devices that mean the same give the same, whatever their prefixes. */
export interface EventTopicName {
  /** `onvif:RuleEngine/CellMotionDetector/Motion`, `{urn:x}A/B`; at most 400 characters. */
  readonly name: string;
  /** `onvif`, `axis`, … or the URI in braces: whose topic tree it is. */
  readonly owner: string;
  /** The steps' local names joined by a slash, the owner left out. */
  readonly path: string;
}

const mostSteps = 16;
const longestStep = 64;

/**
 * Resolves a topic expression (WS-Topics, concrete dialect) by the prefixes in scope where it stands.
 *
 * Undefined: it holds no step at all. Steps beyond the sixteenth and characters beyond 64 of one are cut.
 */
export function readTopic(
  expression: string,
  prefixes: ReadonlyMap<string, string>,
): EventTopicName | undefined {
  const text = expression
    .trim()
    .slice(0, 4_000)
    .replace(/\/+\.?$/u, "");
  const steps = text
    .split("/")
    .map((step) => step.trim())
    .filter((step) => step !== "" && step !== ".")
    .slice(0, mostSteps);
  const first = steps[0];
  if (first === undefined) return undefined;
  const owner = ownerOf(first, prefixes) ?? ownerOfDefault(prefixes);
  const named = steps.map((step, index) => {
    const local = step.slice(step.indexOf(":") + 1).slice(0, longestStep);
    const own = index === 0 ? owner : (ownerOf(step, prefixes) ?? owner);
    return { local, text: index === 0 || own !== owner ? qualified(own, local) : local };
  });
  const name = named.map((step) => step.text).join("/");
  return { name: name.slice(0, 400), owner, path: named.map(({ local }) => local).join("/") };
}

const qualified = (owner: string, local: string): string =>
  owner.startsWith("{") || owner === "" ? `${owner}${local}` : `${owner}:${local}`;

function ownerOf(step: string, prefixes: ReadonlyMap<string, string>): string | undefined {
  const colon = step.indexOf(":");
  if (colon <= 0) return undefined;
  const prefix = step.slice(0, colon);
  const uri = prefixes.get(prefix);
  if (uri === undefined) return customary.get(prefix) ?? `{${prefix.slice(0, longestStep)}}`;
  return known.get(uri) ?? `{${uri.slice(0, 100)}}`;
}

/** A topic without any prefix is of no namespace; devices that do so mean ONVIF's. */
function ownerOfDefault(prefixes: ReadonlyMap<string, string>): string {
  return known.get(prefixes.get("") ?? "") ?? "onvif";
}
