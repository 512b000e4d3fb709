import { createHash } from "node:crypto";
import { createInterface } from "node:readline";
import { utilityProcess, type UtilityProcess } from "electron";
import { z } from "zod";
import type { Clock } from "../../../shared/base/clock.ts";
import { fail, ok, type Result } from "../../../shared/base/result.ts";
import type { Log } from "../../../shared/model/log.ts";

/** One line of JSON that the simulator prints when its cameras answer. */
export const SimulatorReady = z.looseObject({
  ready: z.literal(true),
  /** Loopback address of its control, and the token that control asks for. */
  control: z.string().max(256),
  token: z.string().max(256),
  cameras: z.array(z.looseObject({ id: z.string(), host: z.string(), httpPort: z.int() })).max(2_000),
});
export type SimulatorReady = z.infer<typeof SimulatorReady>;

export interface SimulatorProcessDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** The built entry of the simulator. */
  readonly file: string;
  readonly scenesFolder: string;
  /** The same text, the same cameras at the same addresses; another text, others: two demos run side by side. */
  readonly siteKey: string;
  /** It ended without being asked to. */
  readonly onEnd: (code: number) => void;
}

const readyWithinMs = 20_000;

/** The simulated site in its own process, as real to the console as cameras on a network. */
export class SimulatorProcess {
  readonly #deps: SimulatorProcessDeps;
  #child: UtilityProcess | undefined;
  #starting: Promise<Result<SimulatorReady, string>> | undefined;

  constructor(deps: SimulatorProcessDeps) {
    this.#deps = deps;
  }

  /**
   * Starts the site, or joins the one that runs already, whatever its size. Answers when its cameras do; a
   * failure is in plain words.
   */
  start(cameras: number): Promise<Result<SimulatorReady, string>> {
    this.#starting ??= this.#start(cameras);
    return this.#starting;
  }

  /** Ends the site. Idempotent. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    this.#starting = undefined;
    if (child?.pid === undefined) return;
    const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.kill();
    await Promise.race([exited, this.#deps.clock.sleep(2_000)]);
  }

  async #start(cameras: number): Promise<Result<SimulatorReady, string>> {
    const { file, scenesFolder, siteKey, clock, log } = this.#deps;
    const site = [`--cameras=${cameras}`, `--scenes=${scenesFolder}`, "--activity"];
    const args = [...site, ...identityArguments(siteKey)];
    const child = utilityProcess.fork(file, args, { serviceName: "Watchfloor simulator", stdio: "pipe" });
    this.#child = child;
    const { stdout } = child;
    if (stdout === null) return fail("the simulator has no output");
    let said = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      said = chunk.toString("utf8").trim().slice(0, 500);
      log.warn("simulator", { stderr: said });
    });
    const ends = new AbortController();
    const ready = new Promise<Result<SimulatorReady, string>>((resolve) => {
      createInterface({ input: stdout }).on("line", (line) => {
        const parsed = readyLine(line);
        if (parsed !== undefined) resolve(ok(parsed));
      });
      child.once("exit", (code) => {
        resolve(fail(said === "" ? `the simulator ended with code ${code}` : said));
        if (this.#child !== child) return;
        this.#child = undefined;
        this.#starting = undefined;
        this.#deps.onEnd(code);
      });
      const late = `the simulator did not get ready within ${readyWithinMs / 1000} s`;
      clock.sleep(readyWithinMs, ends.signal).then(
        () => resolve(fail(late)),
        () => undefined,
      );
    });
    const result = await ready;
    ends.abort(new Error("ready"));
    if (result.ok) log.info("simulated site runs", { cameras: result.value.cameras.length });
    else {
      log.error("simulated site did not start", { why: result.error });
      await this.stop();
    }
    return result;
  }
}

/** Identities and a block of loopback addresses of its own for each site. */
function identityArguments(siteKey: string): readonly string[] {
  const hash = createHash("sha256").update(siteKey).digest();
  const [first = 0, second = 0] = hash;
  return [`--seed=${hash.toString("hex", 0, 8)}`, `--address-base=127.${64 + (first % 64)}.${second}.1`];
}

function readyLine(line: string): SimulatorReady | undefined {
  try {
    return SimulatorReady.safeParse(JSON.parse(line)).data;
  } catch {
    // Whatever else it prints is not for us.
    return undefined;
  }
}
