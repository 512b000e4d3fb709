import { IntlMessageFormat } from "intl-messageformat";
import { assertNever } from "../../shared/base/result.ts";
import { en } from "./en.ts";

/** Every sentence the console can say, by its key. A key that does not exist is a compile error. */
export type MessageKey = keyof typeof en;
export type MessageValues = Readonly<Record<string, string | number>>;
/** Looks a sentence up and fills it in. */
export type Say = (key: MessageKey, values?: MessageValues) => string;

/** The words of one language; formats are compiled once, at first use. */
export class Messages {
  readonly locale: string;
  readonly #catalogue: Readonly<Record<MessageKey, string>>;
  readonly #compiled = new Map<MessageKey, IntlMessageFormat>();

  constructor(locale: string, catalogue: Readonly<Record<MessageKey, string>>) {
    this.locale = locale;
    this.#catalogue = catalogue;
  }

  /** The sentence of `key` with `values` filled in; a missing value shows as its name in braces, never as a crash. */
  readonly say: Say = (key, values) => {
    const source = this.#catalogue[key];
    if (!source.includes("{")) return source;
    let format = this.#compiled.get(key);
    if (format === undefined) {
      format = new IntlMessageFormat(source, this.locale, undefined, { ignoreTag: true });
      this.#compiled.set(key, format);
    }
    try {
      return String(format.format(values ?? {}));
    } catch (error) {
      if (error instanceof Error) return source;
      throw error;
    }
  };
}

/** The catalogue of a language; English is complete by construction, further ones are added here. */
export function messagesFor(language: "en"): Messages {
  switch (language) {
    case "en":
      return new Messages("en", en);
    default:
      return assertNever(language);
  }
}
