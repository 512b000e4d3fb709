/** Joins the class names that apply; `false` and `undefined` are left out. */
export function classNames(...names: readonly (string | false | undefined)[]): string {
  return names.filter((name) => typeof name === "string" && name !== "").join(" ");
}

/** A CSS Module's class, which the compiler cannot know to exist. */
export type Styles = Readonly<Record<string, string | undefined>>;
