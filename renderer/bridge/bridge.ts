import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/message-port";
import type { ContractRouterClient } from "@orpc/contract";
import type { Contract } from "../../shared/contract/index.ts";
import { LatePort } from "./late-port.ts";
import { MediaPort } from "./media-port.ts";

/** The only door out of a window. */
export interface Bridge {
  /** Every call of the contract. */
  readonly client: ContractRouterClient<Contract>;
  /** The way to the media process, over its restarts. */
  readonly mediaPort: MediaPort;
}

/**
 * Opens the door: asks the preload script for the ports and answers at once; calls wait until they are there.
 * Call it once, where the page starts.
 */
export function openBridge(page: Window): Bridge {
  const rpcPort = new LatePort();
  const client: Bridge["client"] = createORPCClient(new RPCLink({ port: rpcPort as unknown as MessagePort }));
  const mediaPort = new MediaPort((error) => {
    void client.app
      .reportFault({ message: error.message, stack: (error.stack ?? "").slice(0, 8_000) })
      .catch((failure: unknown) => console.error(failure));
  });
  page.addEventListener("message", (event: MessageEvent<unknown>) => {
    const [port] = event.ports;
    if (event.source !== page || port === undefined) return;
    if (event.data === "watchfloor:rpc") rpcPort.attach(port);
    if (event.data === "watchfloor:media") mediaPort.attach(port);
  });
  page.postMessage("watchfloor:hello", page.location.origin);
  return { client, mediaPort };
}
