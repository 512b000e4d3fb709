import type { MessageKey } from "../messages/messages.ts";

/** One thing the palette can find. */
export interface PaletteItem {
  readonly id: string;
  readonly label: string;
  /** Shown at the right: a number, an address, a key. */
  readonly hint?: string;
  /** Further words it is found by. */
  readonly keywords?: string;
  readonly run: () => void;
}

/** A group of findable things that a feature registers: cameras, walls, pages, actions. */
export interface PaletteSource {
  readonly id: string;
  readonly title: MessageKey;
  readonly items: readonly PaletteItem[];
}

const perGroup = 12;

/** The items a query finds, best first: beginning of the label, beginning of a word, anywhere. */
export function findItems(items: readonly PaletteItem[], query: string): readonly PaletteItem[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const ranked = items.flatMap((item, index) => {
    const label = item.label.toLowerCase();
    const text = `${label} ${(item.hint ?? "").toLowerCase()} ${(item.keywords ?? "").toLowerCase()}`;
    if (!words.every((word) => text.includes(word))) return [];
    const first = words[0] ?? "";
    const rank = label.startsWith(first) ? 0 : text.includes(` ${first}`) ? 1 : 2;
    return [{ item, rank, index }];
  });
  return ranked
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .slice(0, perGroup)
    .map(({ item }) => item);
}
