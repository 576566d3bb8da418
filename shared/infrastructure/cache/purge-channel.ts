import { randomUUID } from "node:crypto";
import pg from "pg";
import { z } from "zod";
import type { CacheTag } from "../../contracts/tags.ts";

const CHANNEL = "cache_purges";
const RETRY_MS = 500;
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
  /** tags null: everything. Not sent while PostgreSQL is away: then the others know that they have missed something. */
  tell(tags: readonly CacheTag[] | null): Promise<void>;
  close(): Promise<void>;
}

/** onGap: the connection is new, and what was purged before it was not heard. */
export function openPurgeChannel(
  url: string,
  { onPurge, onGap }: { onPurge: (tags: readonly CacheTag[] | null) => void; onGap: () => void },
): PurgeChannel {
  const self = randomUUID();
  let client: pg.Client | null = null;
  let isClosed = false;
  let retry: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    const connecting = new pg.Client({ connectionString: url, application_name: "rose-ash cache", keepAlive: true });
    connecting.on("error", () => lose(connecting));
    connecting.on("end", () => lose(connecting));
    connecting.on("notification", ({ payload = "" }) => {
      const heard = notice.safeParse(parseJson(payload));
      if (heard.success && heard.data.from !== self) onPurge(heard.data.tags);
    });
    try {
      await connecting.connect();
      await connecting.query(`listen ${CHANNEL}`);
    } catch {
      return lose(connecting);
    }
    if (isClosed) return void connecting.end();
    client = connecting;
    onGap();
  }

  /** It was cut, or did not come up: the next one is tried a little later. */
  function lose(lost: pg.Client): void {
    if (client === lost) client = null;
    if (isClosed) return;
    clearTimeout(retry);
    retry = setTimeout(connect, RETRY_MS).unref();
  }

  const opening = connect();
  return {
    isOpen: () => client !== null,
    async tell(tags) {
      for (const some of tags === null ? [null] : inParts(tags)) {
        await client?.query("select pg_notify($1, $2)", [CHANNEL, JSON.stringify({ from: self, tags: some })]).catch(() => null);
      }
    },
    async close() {
      isClosed = true;
      clearTimeout(retry);
      await opening;
      await client?.end().catch(() => undefined);
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
