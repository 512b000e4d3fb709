import type { Clock } from "../../../shared/base/clock.ts";
import { askAddress, type FoundDevice } from "../../drivers/onvif/ask-address.ts";
import { SoapError } from "../../drivers/soap/soap-error.ts";
import type { Candidate } from "./typed-address.ts";

/** Nobody answered at the address a person typed; the message says what was met there. */
export class NoAnswerError extends Error {
  override readonly name = "NoAnswerError";
}

/** Asks all candidates at once; the first in their order that is a device wins. Throws `NoAnswerError`. */
export async function askTyped(
  candidates: readonly Candidate[],
  clock: Clock,
  signal: AbortSignal,
): Promise<Candidate & FoundDevice> {
  const answers = await Promise.allSettled(
    candidates.map((candidate) =>
      askAddress(candidate, { clock, signal, connectMs: 3_000, answerMs: 6_000, acceptsLoginPrompt: true }),
    ),
  );
  for (const [index, answer] of answers.entries()) {
    const candidate = candidates[index];
    if (answer.status === "fulfilled" && candidate !== undefined) return { ...candidate, ...answer.value };
  }
  throw new NoAnswerError(wordsOf(candidates, answers));
}

/** The most telling failure: what was met on an open port counts more than a closed one. */
function wordsOf(
  candidates: readonly Candidate[],
  answers: readonly PromiseSettledResult<unknown>[],
): string {
  const failures = answers.flatMap((answer, index) => {
    const port = candidates[index]?.port;
    const error: unknown = answer.status === "rejected" ? answer.reason : undefined;
    return error instanceof SoapError && port !== undefined ? [{ port, error }] : [];
  });
  const telling = failures.find((failure) => !isQuiet(failure)) ?? failures[0];
  if (telling === undefined) return "nobody answers at this address";
  return candidates.length > 1 && isQuiet(telling)
    ? `no ONVIF device answers on ports ${candidates.map(({ port }) => port).join(", ")}: ${telling.error.message}`
    : `port ${telling.port}: ${telling.error.message}`;
}

const isQuiet = ({ error }: { readonly error: SoapError }): boolean =>
  ["refused", "unreachable", "timeout"].includes(error.reason) && error.httpStatus === undefined;
