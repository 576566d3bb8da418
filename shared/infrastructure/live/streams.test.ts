import { describe, expect, it } from "vitest";
import type { UserId } from "../../models/ids.ts";
import { openLiveStreams } from "./streams.ts";

const [ada, bilal] = [1 as UserId, 2 as UserId];

/** What other processes say is said here by hand. */
function aListener() {
  let heard: { onNotice(payload: string): void; onGap(): void } = { onNotice: () => undefined, onGap: () => undefined };
  const listen = (_channel: string, subscriber: typeof heard) => {
    heard = subscriber;
    return { end: () => undefined, isHeard: () => true };
  };
  return { listen, say: (payload: string) => heard.onNotice(payload), gap: () => heard.onGap() };
}

describe("open pages", () => {
  it("hear that something of their member's changed, and of nobody else's; of everything where hints were missed", () => {
    const listener = aListener();
    const streams = openLiveStreams(listener);
    const [first, other] = [streams.open(ada), streams.open(bilal)];
    const heard = () => [first, other].map((stream) => (String(stream?.read() ?? "").match(/event: changed/g) ?? []).length);
    listener.say("1,7");
    expect(heard()).toEqual([1, 0]);
    listener.say("nobody,,");
    expect(heard()).toEqual([0, 0]);
    listener.gap();
    expect(heard()).toEqual([1, 1]);
    streams.close();
    expect([first?.readableEnded || first?.writableEnded, other?.readableEnded || other?.writableEnded]).toEqual([true, true]);
  });

  it("are so many at most: a member's oldest makes room, and a full process takes nobody else's", () => {
    const streams = openLiveStreams(aListener(), { ofMember: 2, ofProcess: 3, beatMs: 60_000 });
    const mine = [streams.open(ada), streams.open(ada), streams.open(ada)];
    expect(mine.map((stream) => stream?.writableEnded)).toEqual([true, false, false]);
    expect(streams.count()).toBe(2);
    expect(streams.open(bilal)).not.toBeNull();
    expect(streams.open(bilal)).toBeNull();
    expect(streams.open(ada)).not.toBeNull(); // in place of one of theirs
    streams.close();
  });
});
