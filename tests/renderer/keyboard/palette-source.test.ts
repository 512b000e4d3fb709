import { expect, test } from "vitest";
import { findItems } from "../../../renderer/keyboard/palette-source.ts";

const run = (): void => undefined;
const items = [
  { id: "1", label: "Perimeter gate", hint: "204", run },
  { id: "2", label: "Gate", hint: "150", keywords: "Contoso C-110", run },
  { id: "3", label: "Irrigated field", run },
  { id: "4", label: "Lobby", run },
];

test("what begins with the words comes before what contains them", () => {
  expect(findItems(items, "gate").map(({ label }) => label)).toEqual([
    "Gate",
    "Perimeter gate",
    "Irrigated field",
  ]);
});

test("numbers and keywords are found, every word must match", () => {
  expect(findItems(items, "150").map(({ id }) => id)).toEqual(["2"]);
  expect(findItems(items, "contoso gate").map(({ id }) => id)).toEqual(["2"]);
  expect(findItems(items, "gate lobby")).toEqual([]);
});

test("without a query everything is offered in its order, a screenful of it", () => {
  expect(findItems(items, " ").map(({ id }) => id)).toEqual(["1", "2", "3", "4"]);
  const many = Array.from({ length: 500 }, (_, index) => ({
    id: String(index),
    label: `Camera ${index}`,
    run,
  }));
  expect(findItems(many, "camera")).toHaveLength(12);
});
