import { expect, test } from "vitest";
import { SoapError } from "../../../electron/drivers/soap/soap-error.ts";
import { CameraMotion } from "../../../electron/main/ptz/camera-motion.ts";
import { FakeClock } from "../../fixtures/fake-clock.ts";
import { KeptLog } from "../../fixtures/silent-log.ts";

const left = { pan: -1, tilt: 0, zoom: 0 };
const right = { pan: 1, tilt: 0, zoom: 0 };
const timeout = new SoapError({ reason: "timeout", words: "no answer in time" });

/** A head that keeps what it is told; `moves` and `stops` say how it answers. */
function bench() {
  const clock = new FakeClock();
  const told: string[] = [];
  const head = {
    moves: async (_signal: AbortSignal | undefined): Promise<void> => undefined,
    stops: async (): Promise<void> => undefined,
  };
  const motion = new CameraMotion({
    clock,
    log: new KeptLog(),
    channelId: "c1",
    head: {
      continuousMove: ({ pan }, signal) => {
        told.push(`${clock.monotonicMs()} move ${pan}`);
        return head.moves(signal);
      },
      stop: () => {
        told.push(`${clock.monotonicMs()} stop`);
        return head.stops();
      },
    },
  });
  return { clock, told, head, motion };
}

/** Hangs until it is given up. */
const hang = (signal: AbortSignal | undefined): Promise<void> =>
  new Promise((_resolve, reject) => {
    signal?.addEventListener("abort", () => reject(new SoapError({ reason: "closed", words: "cancelled" })));
  });

test("a move that nobody renews is stopped after one second", async () => {
  const { clock, told, motion } = bench();
  await motion.move(1, left);
  await clock.advance(999);
  expect(told).toEqual(["0 move -1"]);
  await clock.advance(1);
  expect(told).toEqual(["0 move -1", "1000 stop"]);
  expect(motion.movedBy).toBeUndefined();
  await clock.advance(60_000);
  expect(told).toHaveLength(2);
  expect(clock.sleeping).toBe(0);
});

test("a renewed move goes on, and is told to the camera often enough that it does not stop by itself", async () => {
  const { clock, told, motion } = bench();
  for (let renewal = 0; renewal < 10; renewal += 1) {
    await motion.move(1, left);
    await clock.advance(400);
  }
  expect(told).toEqual(["0 move -1", "800 move -1", "1600 move -1", "2400 move -1", "3200 move -1"]);
  await motion.stop();
  expect(told.at(-1)).toBe("4000 stop");
  expect(clock.sleeping).toBe(0);
});

test("a stop overtakes a move that hangs, and is repeated because that move may still arrive", async () => {
  const { clock, told, head, motion } = bench();
  head.moves = hang;
  const move = motion.move(1, left);
  await clock.advance(300);
  await motion.stop();
  await expect(move).resolves.toBeUndefined();
  await clock.advance(5_000);
  expect(told).toEqual(["0 move -1", "300 stop", "1300 stop"]);
});

test("a camera that hangs is stopped by the dead-man rule all the same", async () => {
  const { clock, told, head, motion } = bench();
  head.moves = hang;
  void motion.move(1, left);
  await clock.advance(1_000);
  expect(told).toEqual(["0 move -1", "1000 stop"]);
});

test("while the camera is slow, only the latest wish is sent after it", async () => {
  const { told, head, motion } = bench();
  let answer: () => void = () => undefined;
  head.moves = () => new Promise((resolve) => (answer = resolve));
  const moves = [motion.move(1, left), motion.move(1, { ...left, tilt: 1 }), motion.move(1, right)];
  await Promise.resolve();
  head.moves = async () => undefined;
  answer();
  await Promise.all(moves);
  expect(told).toEqual(["0 move -1", "0 move 1"]);
  await motion.stop();
});

test("a stop the camera did not hear is repeated until it did; a new move ends that", async () => {
  const { clock, told, head, motion } = bench();
  await motion.move(1, left);
  head.stops = () => Promise.reject(timeout);
  await expect(motion.stop()).rejects.toBe(timeout);
  await clock.advance(2_500);
  expect(told).toEqual(["0 move -1", "0 stop", "1000 stop", "2000 stop"]);
  head.stops = async () => undefined;
  await motion.move(1, right);
  await clock.advance(900);
  expect(told.at(-1)).toBe("2500 move 1");
  await motion.stop();
  expect(clock.sleeping).toBe(0);
});

test("when a move fails nobody knows whether it moves: it is told to stop", async () => {
  const { clock, told, head, motion } = bench();
  head.moves = () => Promise.reject(timeout);
  await expect(motion.move(1, left)).rejects.toBe(timeout);
  await clock.advance(0);
  expect(told).toEqual(["0 move -1", "0 stop"]);
  expect(motion.movedBy).toBeUndefined();
});

test("a camera that refuses the first move is left alone", async () => {
  const { clock, told, head, motion } = bench();
  const refused = new SoapError({ reason: "unauthorised", words: "wrong", refusedLogin: true });
  head.moves = () => Promise.reject(refused);
  await expect(motion.move(1, left)).rejects.toBe(refused);
  await clock.advance(10_000);
  expect(told).toEqual(["0 move -1"]);
});
