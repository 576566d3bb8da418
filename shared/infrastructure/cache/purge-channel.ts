import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { CacheTag } from "../../contracts/tags.ts";
import type { Listener } from "../listener/index.ts";

const CHANNEL = "cache_purges";
/** PostgreSQL takes payloads of less than 8000 bytes. */
const TAGS_PER_NOTICE = 20;
const notice = z.object({
  from: z.string(),
  tags: z.array(z.string().transform((tag) => tag as CacheTag)).nullable(),
});

/** Purges of other processes, by PostgreSQL's NOTIFY. */
export interface PurgeChannel {
  /** Whether purges of others are heard now. */
  isOpen(): boolean;
  /** tags null: everything. What can't be said now is made up for: as soon as there is a connection again everything is purged. */
  tell(tags: readonly CacheTag[] | null): Promise<void>;
  close(): void;
}

/** onGap: the connection is new, and what was purged before it was not heard. */
export function openPurgeChannel(
  listener: Listener,
  { onPurge, onGap }: { onPurge: (tags: readonly CacheTag[] | null) => void; onGap: () => void },
): PurgeChannel {
  const self = randomUUID();
  let isUntold = false;
  let isClosed = false;
  const subscription = listener.listen(CHANNEL, {
    onNotice(payload) {
      const heard = notice.safeParse(parseJson(payload));
      if (heard.success && heard.data.from !== self) onPurge(heard.data.tags);
    },
    onGap() {
      onGap();
      if (isUntold) void tell(null); // our connection alone was cut: the others have not missed anything that they know of
    },
  });

  async function tell(tags: readonly CacheTag[] | null): Promise<void> {
    if (isClosed) return;
    try {
      const parts = tags === null ? [null] : inParts(tags);
      for (const some of parts) await listener.notify(CHANNEL, JSON.stringify({ from: self, tags: some }));
      if (tags === null) isUntold = false;
    } catch {
      isUntold = true;
    }
  }

  return {
    isOpen: subscription.isHeard,
    tell,
    close() {
      isClosed = true;
      subscription.end();
    },
  };
}

function inParts(tags: readonly CacheTag[]): CacheTag[][] {
  const count = Math.ceil(tags.length / TAGS_PER_NOTICE);
  return Array.from({ length: count }, (_, i) => tags.slice(i * TAGS_PER_NOTICE, (i + 1) * TAGS_PER_NOTICE));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
