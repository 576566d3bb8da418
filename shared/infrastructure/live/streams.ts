import { PassThrough } from "node:stream";
import type { UserId } from "../../models/ids.ts";
import type { Listener } from "../listener/index.ts";
import { LIVE_CHANNEL } from "./tell-on-commit.ts";

export interface LiveLimits {
  /** Of one member in this process; the oldest makes room. */
  readonly ofMember: number;
  /** Of all of them in this process. */
  readonly ofProcess: number;
  /** A line that says nothing keeps the connection open, and ends those whose other side is gone. */
  readonly beatMs: number;
}

const LIMITS: LiveLimits = { ofMember: 4, ofProcess: 1000, beatMs: 25_000 };

/** Open streams of server-sent events (HTML Living Standard, 9.2), of any number of members. */
export interface LiveStreams {
  /** A stream that says "changed" whenever something of the member's has, here or in another process; null: there are too many. */
  open(userId: UserId): PassThrough | null;
  count(): number;
  close(): void;
}

/** Each process hears all hints over its one connection, and tells the streams that are open in it. */
export function openLiveStreams(listener: Pick<Listener, "listen">, limits: LiveLimits = LIMITS): LiveStreams {
  const streams = new Map<UserId, Set<PassThrough>>();
  const all = () => [...streams.values()].flatMap((some) => [...some]);
  const tell = (some: Iterable<PassThrough>) => {
    for (const stream of some) say(stream, "event: changed\ndata:\n\n");
  };
  const subscription = listener.listen(LIVE_CHANNEL, {
    onNotice(payload) {
      for (const id of payload.split(",")) tell(streams.get(Number(id) as UserId) ?? []);
    },
    onGap: () => tell(all()), // what was said meanwhile was not heard
  });
  const beat = setInterval(() => {
    for (const stream of all()) say(stream, ":\n\n");
  }, limits.beatMs);
  beat.unref();
  const drop = (userId: UserId, stream: PassThrough) => {
    const own = streams.get(userId);
    own?.delete(stream);
    if (own?.size === 0) streams.delete(userId);
  };
  return {
    count: () => all().length,
    open(userId) {
      const own = streams.get(userId) ?? new Set();
      const [oldest] = own;
      if (own.size >= limits.ofMember && oldest !== undefined) oldest.end();
      else if (all().length >= limits.ofProcess) return null;
      if (oldest?.writableEnded) drop(userId, oldest);
      const stream = new PassThrough();
      streams.set(userId, (streams.get(userId) ?? new Set()).add(stream));
      stream.once("close", () => drop(userId, stream));
      stream.write("retry: 10000\n\n");
      return stream;
    },
    close() {
      subscription.end();
      clearInterval(beat);
      for (const stream of all()) stream.end();
    },
  };
}

const MOST_WAITING = 64 * 1024;

/** Whoever does not read what is said to them is no longer spoken to. */
function say(stream: PassThrough, words: string): void {
  if (stream.readableLength > MOST_WAITING) stream.destroy();
  else stream.write(words);
}
