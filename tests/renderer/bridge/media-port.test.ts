import { afterEach, expect, test } from "vitest";
import { ChannelId } from "../../../shared/base/ids.ts";
import type { MediaRequest } from "../../../shared/contract/media-port.ts";
import { MediaPort } from "../../../renderer/bridge/media-port.ts";

/** One end of a channel that keeps what it hears: the media process's side. */
class FarEnd {
  readonly heard: MediaRequest[] = [];
  readonly near: MessagePort;
  readonly #port: MessagePort;
  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.near = port1;
    this.#port = port2;
    port2.onmessage = (event: MessageEvent<MediaRequest>) => this.heard.push(event.data);
  }
  say(message: unknown): void {
    this.#port.postMessage(message);
  }
  close(): void {
    this.#port.close();
  }
}

const ends: FarEnd[] = [];
const far = (): FarEnd => {
  const end = new FarEnd();
  ends.push(end);
  return end;
};
afterEach(() => {
  for (const end of ends.splice(0)) end.close();
});

const order = {
  channelId: ChannelId.parse("c"),
  role: "sub",
  mode: "low-latency",
  audio: false,
} as const;
const fragment = {
  type: "fragment",
  subscription: 0,
  epoch: 1,
  sequence: 1,
  isKeyframe: true,
  bytes: new Uint8Array([1, 2]),
  frames: [{ presentationS: 0, capturedAt: 5 }],
};

test("an order made before the port has come is made when it comes", async () => {
  const media = new MediaPort(() => undefined);
  const news: string[] = [];
  media.open(order, ({ type }) => news.push(type));
  const end = far();
  media.attach(end.near);
  await expect.poll(() => end.heard).toEqual([{ type: "open", subscription: 0, ...order }]);
  expect(news).toEqual([]);
});

test("news reach only the order they are for, and none after it was closed", async () => {
  const media = new MediaPort(() => undefined);
  const end = far();
  media.attach(end.near);
  const [first, second]: [string[], string[]] = [[], []];
  const subscription = media.open(order, ({ type }) => first.push(type));
  media.open(order, ({ type }) => second.push(type));
  end.say(fragment);
  await expect.poll(() => first).toEqual(["fragment"]);
  subscription.close();
  subscription.close();
  end.say(fragment);
  end.say({ ...fragment, subscription: 1 });
  await expect.poll(() => second).toEqual(["fragment"]);
  expect(first).toEqual(["fragment"]);
  expect(end.heard.filter(({ type }) => type === "close")).toHaveLength(1);
});

test("when the media process starts again every open order is reset and made anew", async () => {
  const media = new MediaPort(() => undefined);
  const before = far();
  media.attach(before.near);
  const news: string[] = [];
  media.open(order, ({ type }) => news.push(type));
  media.open(order, () => undefined).close();
  const after = far();
  media.attach(after.near);
  await expect.poll(() => after.heard).toEqual([{ type: "open", subscription: 0, ...order }]);
  expect(news).toEqual(["reset"]);
  before.say(fragment);
  after.say(fragment);
  await expect.poll(() => news).toEqual(["reset", "fragment"]);
});

test("a request is answered, cancelled by its signal, and answered 503 when the media process goes", async () => {
  const media = new MediaPort(() => undefined);
  const end = far();
  media.attach(end.near);
  const subscription = media.open(order, () => undefined);
  const answer = subscription.get("index.m3u8", new AbortController().signal);
  await expect.poll(() => end.heard.at(-1)).toMatchObject({ type: "get", request: 0, path: "index.m3u8" });
  end.say({ type: "response", request: 0, status: 200, contentType: "x", bytes: new Uint8Array([7]) });
  expect(await answer).toMatchObject({ status: 200, bytes: new Uint8Array([7]) });

  const stops = new AbortController();
  const cancelled = subscription.get("part.m4s", stops.signal);
  stops.abort(new Error("not needed"));
  await expect(cancelled).rejects.toThrow("not needed");
  await expect.poll(() => end.heard.at(-1)).toEqual({ type: "cancel", request: 1 });

  const orphan = subscription.get("part.m4s", new AbortController().signal);
  media.attach(far().near);
  expect(await orphan).toMatchObject({ status: 503 });
});

test("a message that is not in the contract is reported and harms nothing", async () => {
  const faults: string[] = [];
  const media = new MediaPort(({ message }) => faults.push(message));
  const end = far();
  media.attach(end.near);
  const news: string[] = [];
  media.open(order, ({ type }) => news.push(type));
  for (const bad of [null, 7, "x", {}, { ...fragment, bytes: "no" }, { type: "unknown" }]) end.say(bad);
  end.say(fragment);
  await expect.poll(() => news).toEqual(["fragment"]);
  expect(faults).toHaveLength(6);
});
