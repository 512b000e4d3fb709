// The eight places of the simulated site, and how each is encoded.
import { View } from "./view.mjs";
import { carPark } from "./scene-car-park.mjs";
import { corridor } from "./scene-corridor.mjs";
import { gate } from "./scene-gate.mjs";
import { loadingBay } from "./scene-loading-bay.mjs";
import { lobby } from "./scene-lobby.mjs";
import { perimeter } from "./scene-perimeter.mjs";
import { roof } from "./scene-roof.mjs";
import { serverRoom } from "./scene-server-room.mjs";

/** Pictures of the same place at several sizes: the small one is made from the large one's baked buffers. */
function opener(place) {
  let large;
  return (width, height) => {
    const smaller = large !== undefined && large.camera.width === width * 2 ? large : undefined;
    const view = new View(place, width, height, smaller);
    if (smaller === undefined) large = view;
    return view;
  };
}

const scene = (title, place, phaseMs, more = {}) => ({
  title,
  phaseMs,
  open: opener(place),
  ...more,
});

export const scenes = {
  gate: scene("GATE NORTH", gate, 0, {
    sound: { codec: "pcmu", stepsAt: [2, 2.6, 3.2, 3.8, 11, 11.6, 12.2], humHz: 50 },
  }),
  "car-park": scene("CAR PARK P1", carPark, 517, { main: { bFrames: 2 } }),
  "server-room": scene("SERVER ROOM", serverRoom, 1551),
  "loading-bay": scene("LOADING BAY 2", loadingBay, 1034, { main: { codec: "h265" } }),
  roof: scene("ROOF PLANT", roof, 1292),
  perimeter: scene("PERIMETER SOUTH IR", perimeter, 1809),
  corridor: scene("CORRIDOR 1F", corridor, 776),
  lobby: scene("LOBBY", lobby, 258, { sound: { codec: "aac", stepsAt: [4, 4.6, 5.2, 14, 14.6], humHz: 50 } }),
};
