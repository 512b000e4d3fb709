import { z } from "zod";
import type { CameraCounts } from "../counters.ts";
import { CameraFace, type CameraCommandInput, type ReadyLine } from "./control-protocol.ts";

/** Control refused or could not do what was asked. */
export class ControlError extends Error {
  override readonly name = "ControlError";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const refusal = z.looseObject({ error: z.string() });

/** Pulls the strings of a site that runs in another process; made from its ready line. */
export class SiteRemote {
  readonly #control: string;
  readonly #token: string;

  constructor(ready: Pick<ReadyLine, "control" | "token">) {
    this.#control = ready.control;
    this.#token = ready.token;
  }

  async cameras(): Promise<CameraFace[]> {
    return z.array(CameraFace).parse(await this.#ask("GET", "/cameras"));
  }

  async counts(): Promise<Record<string, CameraCounts>> {
    // Our own process of the same version on the other end: its shape is `CameraCounts` by construction.
    return (await this.#ask("GET", "/counts")) as Record<string, CameraCounts>;
  }

  /** @throws ControlError when the camera or the command is not known */
  async tell(cameraId: string, command: CameraCommandInput): Promise<CameraFace> {
    return CameraFace.parse(await this.#ask("POST", `/cameras/${cameraId}`, command));
  }

  /** The process says Bye and ends. */
  async stop(): Promise<void> {
    await this.#ask("POST", "/stop", {});
  }

  async #ask(method: "GET" | "POST", path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.#control}${path}`, {
      method,
      headers: { Authorization: `Bearer ${this.#token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const value: unknown = await response.json();
    if (!response.ok) {
      const { data } = refusal.safeParse(value);
      throw new ControlError(response.status, data?.error ?? "control refused");
    }
    return value;
  }
}
