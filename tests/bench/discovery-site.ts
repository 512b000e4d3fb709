import { startSite } from "../../electron/simulator/site.ts";

/** A site of so many cameras in a process of its own, for the discovery benchmark; ends with its input. */
const [count = "250", addressBase = "127.85.60.1"] = process.argv.slice(2);
const site = await startSite({
  cameras: Number(count),
  addressBase,
  rtsp: false,
  seed: "bench",
  discovery: { mode: "multicast", answerDelayMs: { min: 0, max: 0 }, hello: false },
});
process.stdout.write(
  `${JSON.stringify({ references: site.cameras.map((camera) => camera.endpointReference) })}\n`,
);
process.stdin.on("end", () => void site.stop().then(() => process.exit(0)));
process.stdin.resume();
