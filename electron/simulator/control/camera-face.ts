import type { SimulatedCamera } from "../site-api.ts";
import type { CameraCommand, CameraFace } from "./control-protocol.ts";

/** What control tells of a camera; its password is not among it. */
export function cameraFace(camera: SimulatedCamera): CameraFace {
  const { id, name, scene, host, httpPort, rtspPort, username, endpointReference, mac, serial } = camera;
  const { maker, model, firmware, deviceUrl, mainUri, subUri, state, now } = camera;
  return {
    id,
    name,
    scene,
    host,
    httpPort,
    rtspPort,
    username,
    endpointReference,
    mac,
    serial,
    maker,
    model,
    firmware,
    deviceUrl,
    mainUri,
    subUri,
    state,
    now,
    auth: camera.auth.kind,
    faults: camera.faults.map((fault) => ({ ...fault })),
  };
}

/**
 * Carries a command out. Reboots and scripts run on after it resolved; their failures go to `onLateError`.
 *
 * @throws what the camera does: an address that cannot be bound
 */
export async function obey(
  camera: SimulatedCamera,
  command: CameraCommand,
  onLateError: (error: unknown) => void,
): Promise<void> {
  switch (command.do) {
    case "set-fault":
      camera.setFault(command.fault);
      return;
    case "clear-fault":
      camera.clearFault(command.kind);
      return;
    case "clear-faults":
      camera.clearFaults();
      return;
    case "raise":
      camera.raise(command.event, withoutUndefined({ active: command.active, source: command.source }));
      return;
    case "raise-raw":
      camera.raiseRaw(withoutUndefined(command.event));
      return;
    case "skew-clock":
      camera.skewClock(command.byMs);
      return;
    case "reboot": {
      const { newAddress, downMs, abrupt } = command;
      camera.reboot(withoutUndefined({ newAddress, downMs, abrupt })).catch(onLateError);
      return;
    }
    case "power-off":
      await camera.powerOff();
      return;
    case "start":
      await camera.start();
      return;
    case "stop":
      await camera.stop();
      return;
    case "set-password":
      camera.setPassword(command.password);
      return;
    case "reset-counts":
      camera.counters.reset();
      return;
    case "play":
      camera.play(command.script.map((step) => withoutUndefined(step))).catch(onLateError);
      return;
  }
}

type Present<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { [K in keyof T]: Present<Exclude<T[K], undefined>> }
    : T;

/** Left-out fields stay left out, at every depth, which "exactOptionalPropertyTypes" asks for. */
function withoutUndefined<T extends object>(value: T): Present<T> {
  return JSON.parse(JSON.stringify(value)) as Present<T>;
}
