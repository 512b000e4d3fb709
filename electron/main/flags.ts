/** How this run was asked to be; from the command line. */
export interface Flags {
  readonly userDataDir: string | undefined;
  readonly demo: boolean;
  /** Simulated cameras of the demo site. */
  readonly cameras: number;
  /** Discovery includes the loopback interface, whatever the settings say. */
  readonly loopback: boolean;
  /** Report on stdout for this long, then exit; undefined: an ordinary run. */
  readonly reportSeconds: number | undefined;
  readonly shots: string | undefined;
  /** When the person's command began, ms UTC: the wait for the first picture is told from there. */
  readonly startedAt: number | undefined;
}

function wholeNumber(text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined || !/^\d{1,6}$/.test(text)) return undefined;
  const value = Number(text);
  return value >= least && value <= most ? value : undefined;
}

function instant(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{13}$/.test(text) ? Number(text) : undefined;
}

/** Reads the flags it knows; others belong to Chromium. A number that makes no sense counts as absent. */
export function parseFlags(argv: readonly string[]): Flags {
  const valueOf = (name: string): string | undefined => {
    const found = argv.findLast((arg) => arg.startsWith(`--${name}=`));
    const value = found?.slice(name.length + 3);
    return value === "" ? undefined : value;
  };
  const demo = argv.includes("--demo");
  return {
    userDataDir: valueOf("user-data-dir"),
    demo,
    cameras: wholeNumber(valueOf("cameras"), 1, 64) ?? 9,
    loopback: demo || argv.includes("--loopback"),
    reportSeconds: wholeNumber(valueOf("report-seconds"), 1, 86_400),
    shots: valueOf("shots"),
    startedAt: instant(valueOf("started-at")),
  };
}
