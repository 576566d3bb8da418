import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { inTime } from "./in-time.ts";
import { EPOCH, VERSION_SECONDS } from "./versions.ts";

/** How long to wait before what Redis did not confirm is sent again. */
const RETRY_MS = 1000;

export type UnsentPurges = ReturnType<typeof makeUnsentPurges>;

/** Purges on their way. What Redis did not confirm counts here at once, and is sent again until it does. */
export function makeUnsentPurges(redis: Redis) {
  const waiting = new Map<string, string>();
  let retry: NodeJS.Timeout | undefined;
  const send = async () => {
    const sent = [...waiting];
    const pipeline = redis.pipeline();
    for (const [key, version] of sent) {
      if (key === EPOCH) pipeline.set(key, version);
      else pipeline.set(key, version, "EX", VERSION_SECONDS);
    }
    const results = await inTime(pipeline.exec()).catch(() => null);
    const isTaken = results?.every(([error]) => error === null) === true;
    if (isTaken) for (const [key, version] of sent) if (waiting.get(key) === version) waiting.delete(key);
    if (waiting.size === 0 || redis.status === "end") return;
    clearTimeout(retry);
    retry = setTimeout(send, RETRY_MS).unref();
  };
  return {
    async add(keys: readonly string[]): Promise<void> {
      for (const key of keys) waiting.set(key, randomUUID());
      if (keys.length > 0) await send();
    },
    send: () => void (waiting.size > 0 && send()),
    versionOf: (key: string) => waiting.get(key),
  };
}
