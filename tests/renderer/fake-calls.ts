import { implement } from "@orpc/server";
import { contract } from "../../shared/contract/index.ts";
import type { FakeSite } from "./fake-site.ts";

/** The contract, to be implemented: every call is written down, and fails when it was told to. */
export const fakeCalls = (site: Pick<FakeSite, "calls" | "failing">) =>
  implement(contract).use(({ next, path }, input) => {
    const name = path.join(".");
    site.calls.push(`${name} ${JSON.stringify(input ?? null)}`);
    if (site.failing.has(name)) throw new Error(`${name} was told to fail`);
    return next();
  });
