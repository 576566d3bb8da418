import { setImmediate as breathe } from "node:timers/promises";
import type { PublicText } from "@rose-ash/shared/contracts/blog.ts";
import { Flights, type Keepable, Kept } from "@rose-ash/shared/infrastructure/cache/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyInstance } from "fastify";
import { markdownOf, wordsInMarkdown } from "../markdown.ts";
import { sendPublic } from "../send-public.ts";

/** Of HTML; as Markdown it is less. */
const MAX_BYTES = 512 * 1024;
const WANT: Keepable = { key: "blog:llms-full", tags: ["posts", "menu"], ttlSeconds: 3600, isPersonal: false };

/** GET /llms-full.txt: the texts themselves in one file, pages first and then the newest posts, as many as fit. */
export function showLlmsFull(app: FastifyInstance): Route<object> {
  const kept = new Kept<string>({
    cache: app.runtime.cache,
    pack: (text) => text,
    unpack: (text) => text,
    sizeOf: (text) => text.length,
    maxBytes: 2 * MAX_BYTES,
  });
  const flights = new Flights<string | null>();

  /** Made by the first who asks; who asks meanwhile waits for it. */
  async function find(): Promise<string> {
    const [place] = await kept.find([WANT], false);
    if (place === undefined) return make(app);
    if (place.found?.isFresh) return place.found.value;
    const name = kept.flightOf(place) ?? WANT.key;
    const others = await flights.join(name);
    if (others !== null) return others;
    const work = make(app);
    flights.start(
      name,
      work.catch(() => null), // whoever waited tries for themselves
    );
    await kept.put(place, await work);
    return work;
  }

  return {
    method: "GET",
    url: "/llms-full.txt",
    handler: async (request, reply) => sendPublic(request, reply, { type: "text/plain; charset=utf-8", body: await find() }),
  };
}

/** Half a megabyte of HTML takes a while: others are served between one text and the next. */
async function make({ services, runtime, publicUrl }: FastifyInstance): Promise<string> {
  const { texts, isWhole } = await services.blog.listPublicTexts(MAX_BYTES);
  const parts = [`# ${runtime.site.name}`, `> ${runtime.site.tagline}`];
  for (const text of texts) {
    parts.push(await partOf(text, publicUrl("blog", "")));
    await breathe();
  }
  if (!isWhole)
    parts.push(
      `This is not everything: ${publicUrl("blog", "/sitemap.xml")} has the address of every text; with .md behind it, each is plain.`,
    );
  return `${parts.join("\n\n")}\n`;
}

async function partOf({ title, summary, url, html, publishedAt }: PublicText, origin: string): Promise<string> {
  const about = [publishedAt?.toISOString().slice(0, 10), url].filter(Boolean).join(" · ");
  return ["---", `# ${wordsInMarkdown(title)}`, about, wordsInMarkdown(summary), await markdownOf(html, origin)]
    .filter(Boolean)
    .join("\n\n");
}
