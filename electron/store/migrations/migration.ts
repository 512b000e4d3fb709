/** One step of the site database. Once released it is never edited: a later step corrects it. */
export interface Migration {
  /** 1, 2, 3 …: `user_version` after it. */
  readonly version: number;
  readonly name: string;
  /** Runs in one transaction. */
  readonly sql: string;
}
