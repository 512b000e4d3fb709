import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import styles from "./panel.module.css";

/** A name and its value; a dash stands for what is not known. */
export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
  readonly face?: "text" | "mono";
}

/** Names and values in two columns; values can be selected and copied. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map((fact) => (
        <div key={fact.name} className={styles.fact}>
          <dt>{fact.name}</dt>
          <dd className={classNames("copyable", fact.face === "mono" && styles.mono)}>
            {fact.value === null || fact.value === "" ? "–" : fact.value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
