import { FailureReason } from "../../shared/model/device.ts";
import { failureWords } from "./failure-words.ts";
import type { Say } from "./messages.ts";

/**
 * A failed call in words: why, and what to do. Knows a device's failure by its reason and the console's own
 * failures by their code; what has no words of its own says what it was told.
 */
export function errorWords(say: Say, error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const detail = "data" in error ? error.data : undefined;
  const reason = FailureReason.safeParse(fieldOf(detail, "reason"));
  if (reason.success) {
    const { cause, remedy } = failureWords[reason.data];
    return `${say(cause)} ${say(remedy)}`;
  }
  const told = fieldOf(detail, "detail");
  switch ("code" in error ? error.code : undefined) {
    case "DISK_FULL":
      return say("error.diskFull");
    case "FORBIDDEN":
      return say("error.forbidden");
    case "NOT_FOUND":
      return say("error.notFound");
    case "VAULT_LOCKED":
      return `${say("failure.vault-locked.cause")} ${say("failure.vault-locked.remedy")}`;
    case "INTERNAL":
      return say("error.internal", { incident: textOf(fieldOf(detail, "incident")) });
    default:
      return typeof told === "string" && told !== "" ? told : error.message;
  }
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "–");

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && name in value
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
