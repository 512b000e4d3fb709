import { Cam } from "onvif";
import type { SimulatedCamera } from "../../../electron/simulator/site.ts";

/** The independent client: a connected `Cam` of the onvif library. */
export function connectCam(
  camera: SimulatedCamera,
  login: { username?: string; password?: string } = {},
): Promise<Cam> {
  return new Promise((resolve, reject) => {
    const cam = new Cam({
      hostname: camera.host,
      port: camera.httpPort,
      username: login.username ?? camera.username,
      password: login.password ?? camera.password,
      timeout: 5_000,
      autoconnect: false,
    });
    cam.connect((error: Error | null) => {
      if (error instanceof Error) reject(error);
      else resolve(cam);
    });
  });
}

/** One of its callback calls as a promise. */
export function called<T>(call: (callback: (error: Error | null, value?: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, value) => {
      if (error instanceof Error) reject(error);
      // The library promises its value beside no error; its types only say "perhaps".
      else resolve(value as T);
    });
  });
}
