import { expect, test, vi } from "vitest";
import { KeyDecoder } from "../../../renderer/pictures/key-decoder.ts";
import { PictureWorkshop } from "../../../renderer/pictures/picture-workshop.ts";
import type { PictureAnswer } from "../../../renderer/pictures/picture-work.ts";
import { FakeClock } from "../../fixtures/fake-clock.ts";
import { bad, fakeCodecs, good, sampleOf, silent, stuck } from "./fake-codecs.ts";
import { avc } from "./fake-pictures.ts";

function setUp() {
  const fake = fakeCodecs();
  const clock = new FakeClock(0);
  return { ...fake, clock, decoder: new KeyDecoder({ clock, codecs: fake.codecs }) };
}

test("keyframes of one stream go through one decoder, those of another through their own", async () => {
  const { decoder, made, open } = setUp();
  for (let count = 0; count < 3; count += 1) (await decoder.decodeOne(avc, sampleOf(good))).close();
  expect(made).toHaveLength(1);
  (await decoder.decodeOne({ ...avc, codec: "avc1.640028" }, sampleOf(good))).close();
  expect(made).toHaveLength(2);
  expect(open).toHaveLength(0);
});

test("no more than four decoders stay open", async () => {
  const { decoder, made } = setUp();
  for (let level = 10; level < 20; level += 1) {
    (await decoder.decodeOne({ ...avc, codec: `avc1.4d40${level}` }, sampleOf(good))).close();
  }
  expect(made.filter(({ isClosed }) => !isClosed)).toHaveLength(4);
});

test("a codec that this computer has not is said", async () => {
  const { decoder } = setUp();
  const failed = decoder.decodeOne({ ...avc, codec: "hvc1.1.6.L93.90" }, sampleOf(good));
  await expect(failed).rejects.toMatchObject({ fault: { kind: "unsupported", codec: "hvc1.1.6.L93.90" } });
});

test("a damaged keyframe, and one that gives nothing, are said; the next one is decoded", async () => {
  const { decoder } = setUp();
  await expect(decoder.decodeOne(avc, sampleOf(bad))).rejects.toMatchObject({ fault: { kind: "broken" } });
  await expect(decoder.decodeOne(avc, sampleOf(silent))).rejects.toMatchObject({ fault: { kind: "broken" } });
  const frame = await decoder.decodeOne(avc, sampleOf(good));
  expect(frame.timestamp).toBe(0);
});

test("a decoder that never answers is given up and another one is made", async () => {
  const { clock, decoder, made } = setUp();
  const failed = decoder.decodeOne(avc, sampleOf(stuck)).catch((error: unknown) => error);
  await vi.waitFor(() => expect(clock.sleeping).toBeGreaterThan(0));
  await clock.advance(10_001);
  expect(String(await failed)).toContain("does not answer");
  (await decoder.decodeOne(avc, sampleOf(good))).close();
  expect(made).toHaveLength(2);
});

test("several keyframes at once come back with their numbers, those without a picture are passed over", async () => {
  const { decoder } = setUp();
  const seen: number[] = [];
  await decoder.decode(avc, [good, silent, good, good].map(sampleOf), (frame, index) => {
    seen.push(index);
    frame.close();
  });
  expect(seen).toEqual([0, 2, 3]);
});

test("the workshop answers every order once and leaves no picture open", async () => {
  const { decoder, open } = setUp();
  const answers: PictureAnswer[] = [];
  const workshop = new PictureWorkshop({
    decoder,
    answer: (answer) => answers.push(answer),
    shrink: async () => new Blob(["picture"]),
  });
  for (const [request, kind] of [good, bad, good, silent, good].entries()) {
    workshop.receive({ type: "picture", request, config: avc, sample: sampleOf(kind), widthPx: 320 });
  }
  workshop.receive({ type: "cancel", request: 4 });
  await vi.waitFor(() => expect(answers).toHaveLength(4));
  expect(answers.map(({ request, type }) => `${request} ${type}`)).toEqual([
    "0 made",
    "1 failed",
    "2 made",
    "3 failed",
  ]);
  expect(open).toHaveLength(0);
});
