import { Cam } from "onvif";
import type { XmlElement } from "../soap/xml.ts";

/** Carries one request element of the PTZ service to the device, and its answer back. */
export type CarryRequest = (element: string, operation: string) => Promise<XmlElement>;

interface RoutedRequest {
  readonly service?: string;
  readonly body?: string;
}

/**
 * The `onvif` package's camera with its way out replaced: it words the requests, ours carries them.
 *
 * It never connects, holds no login and no timer and opens no socket. Its answers are not used either: it
 * turns the token "01" into the number 1 and throws inside its callbacks.
 */
class RoutedCam extends Cam {
  written: RoutedRequest | undefined;

  constructor() {
    // The host is never used: `_request` below is the only way out of the package's class.
    super({ hostname: "unused.invalid", autoconnect: false, useWSSecurity: false });
  }

  /** The envelope with its login is made by our transport. */
  _envelopeHeader(): string {
    return "";
  }

  _envelopeFooter(): string {
    return "";
  }

  _request(request: RoutedRequest): void {
    this.written = request;
  }
}

/** The package could not word a request. */
export class PtzWordingError extends Error {
  override readonly name = "PtzWordingError";
}

/** Has the package word one request and carries it. Throws `PtzWordingError` and what `carry` throws. */
export async function askThroughCam(
  operate: (cam: Cam, ignore: () => void) => void,
  carry: CarryRequest,
): Promise<XmlElement> {
  const cam = new RoutedCam();
  try {
    operate(cam, () => undefined);
  } catch (cause) {
    throw new PtzWordingError("the request could not be worded", { cause });
  }
  const element = cam.written?.service === "ptz" ? cam.written.body : undefined;
  const operation = /^<([A-Za-z]{1,40})[ />]/.exec(element ?? "")?.[1];
  if (element === undefined || operation === undefined) {
    throw new PtzWordingError("the request could not be worded");
  }
  return carry(element, operation);
}
