import { beforeEach, describe, expect, it } from "vitest";
import { AppendQueue } from "../../../renderer/player/append-queue.ts";
import { FakeSourceBuffer } from "../../renderer/player/fake-media.ts";

let target: FakeSourceBuffer;
let broken: string[];
let appended: number[];
let currentS: number;
const queue = (): AppendQueue =>
  new AppendQueue({
    // The fake has exactly the part of SourceBuffer that the queue uses.
    target: target as unknown as ConstructorParameters<typeof AppendQueue>[0]["target"],
    currentS: () => currentS,
    onAppended: (sequence) => appended.push(sequence),
    onUpdated: () => undefined,
    onBroken: (error) => broken.push(error.message),
  });
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const bytes = (value: number): Uint8Array => new Uint8Array([value]);

beforeEach(() => {
  target = new FakeSourceBuffer();
  broken = [];
  appended = [];
  currentS = 0;
});

describe("filling a source buffer", () => {
  it("appends in order and joins what came while the buffer was busy", async () => {
    const under = queue();
    for (let sequence = 0; sequence < 5; sequence++) under.append(bytes(sequence), sequence);
    await settle();
    expect(target.appended.map((run) => [...run])).toEqual([[0], [1, 2, 3, 4]]);
    expect(appended).toEqual([0, 4]);
  });

  it("changes the type between what was of the old and what is of the new one", async () => {
    const under = queue();
    under.append(bytes(0), 0);
    under.changeType("video/mp4; codecs=new");
    under.append(bytes(1), 1);
    await settle();
    expect(target.appended.map((run) => [...run])).toEqual([[0], [1]]);
    expect(target.types).toEqual(["video/mp4; codecs=new"]);
  });

  it("makes room once when the buffer is full, then goes on with the same bytes", async () => {
    const under = queue();
    target.buffered.ranges.push([0, 30]);
    currentS = 29;
    target.failNext = new DOMException("full", "QuotaExceededError");
    under.append(bytes(7), 7);
    await settle();
    expect(target.removed[0]).toEqual([0, 28]);
    expect(appended).toEqual([7]);
    expect(broken).toEqual([]);
  });

  it("is broken when it is full and nothing lies behind", async () => {
    const under = queue();
    target.failNext = new DOMException("full", "QuotaExceededError");
    under.append(bytes(7), 7);
    await settle();
    expect(broken).toEqual(["the picture buffer is full"]);
  });

  it("is broken by a decoder error, once, and takes nothing more", async () => {
    const under = queue();
    target.dispatchEvent(new Event("error"));
    target.dispatchEvent(new Event("error"));
    under.append(bytes(1), 1);
    await settle();
    expect(broken).toEqual(["the picture data could not be read"]);
    expect(target.appended).toEqual([]);
  });

  it("drops what was played, in large steps", async () => {
    const under = queue();
    target.buffered.ranges.push([0, 20]);
    currentS = 20;
    under.append(bytes(1), 1);
    await settle();
    expect(target.removed).toEqual([[0, 12]]);
  });
});
