import { type Keepable, Kept } from "@rose-ash/shared/infrastructure/cache/index.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";

declare module "fastify" {
  interface FastifyInstance {
    /** The second line of every page: all writing, then the tags most written about. currentUrl: the one to mark, if any. */
    listTopics(currentUrl: string | null): Promise<readonly Topic[]>;
  }
}

interface Topic {
  name: string;
  url: string;
  isCurrent: boolean;
}

const TOPICS_SHOWN = 7;
const MAX_BYTES = 64 * 1024;
const WANT: Keepable = { key: "blog:topics", tags: ["posts"], ttlSeconds: 10, isPersonal: false };
const kind = z.array(z.object({ name: z.string(), url: z.string() }));

/** Gives the app listTopics(). Counting all tags of all posts for every page would cost more than the page: the count is kept. */
export function keepTopics(app: FastifyInstance): void {
  const { runtime, services, publicUrl } = app;
  const kept = new Kept<z.output<typeof kind>>({
    cache: runtime.cache,
    pack: (topics) => JSON.stringify(topics),
    unpack: (text) => kind.safeParse(JSON.parse(text)).data ?? null,
    sizeOf: (topics) => JSON.stringify(topics).length,
    maxBytes: MAX_BYTES,
  });
  const home = { name: "All writing", url: publicUrl("blog", "/") };

  async function count() {
    const [place] = await kept.find([WANT], false);
    if (place?.found?.isFresh) return place.found.value;
    const topics = (await services.blog.listTags()).slice(0, TOPICS_SHOWN).map(({ name, url }) => ({ name, url }));
    if (place !== undefined) await kept.put(place, topics);
    return topics;
  }

  app.decorate("listTopics", async (currentUrl: string | null) => {
    const topics = kept.findNow(WANT) ?? (await count());
    return [home, ...topics].map((topic) => ({ ...topic, isCurrent: topic.url === currentUrl }));
  });
}
