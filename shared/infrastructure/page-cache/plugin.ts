import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import plugin from "fastify-plugin";
import { type CacheTag, FRAME_TAGS } from "../../contracts/tags.ts";
import type { App } from "../../models/apps.ts";
import { colourSchemeOf } from "../blueprints/preferences/colour-scheme.ts";
import { type Figures, type How, type Keepable, looksMetric } from "../cache/index.ts";
import { buildId } from "../http/index.ts";
import { counter, type Metric } from "../metrics/index.ts";
import type { Runtime } from "../runtime.ts";
import { isSame, type KeptPage, keepPages, pageOf } from "./kept-page.ts";
import { type Making, Makings } from "./makings.ts";
import { isRefresh, refresh } from "./refresh.ts";
import { takesHtml } from "./takes-html.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** The page is the same for every guest. It is kept for them, and purged with each of these tags, in which ":slug" is the request's. */
    publicPage?: readonly CacheTag[];
  }
  interface FastifyRequest {
    /** This request makes a page that is kept afterwards. */
    making: Making | null;
    /** When what the page says stops being true, in ms since 1970: a handler that says what holds now sets it. */
    goodUntil: number;
  }
}

const TTL_SECONDS = 10;
const MAX_URL = 500;

/**
 * Keeps public pages for guests whom nobody knows: no session, no device, so no cart and nothing personal. Who has one of
 * these gets a page made for him. Stale pages are served at once and made anew behind the reader's back, by one request of
 * all processes.
 */
export const pageCache = plugin<{ name: App; runtime: Runtime; figures: Figures }>(async (app, { name, runtime, figures }) => {
  const kept = keepPages(runtime.cache);
  const build = buildId();
  const makings = new Makings({ cache: runtime.cache, kept, waitMs: runtime.site.fragments.deadlineMs });
  const around = { app, kept, makings, figures, prefix: () => `page:${name}:${build}:${runtime.site.state}` };
  app.decorateRequest("making", null);
  app.decorateRequest("goodUntil", Number.POSITIVE_INFINITY);
  app.metricGroups.push({ name: "page-cache", read: () => [outcomesOf(figures), looksMetric("page_cache_looks_total", kept)] });

  // hooks with callbacks, as this is the way of most requests: a promise each would cost more than the work
  app.addHook("onRequest", (request, reply, done) => sendOrGoOn(request, reply, around, done));
  app.addHook("onSend", (request, reply, payload, done) => {
    done(null, request.making === null ? payload : keep(request, reply, payload, request.making));
  });
  app.addHook("onResponse", ({ making }, _reply, done) => {
    making?.settle(null); // also when the reader went away before
    done();
  });
});

interface Around {
  app: FastifyInstance;
  kept: ReturnType<typeof keepPages>;
  makings: Makings;
  figures: Figures;
  /** What the keys of this app's pages begin with: of the same build, while the site is called so and looks so. */
  prefix: () => string;
}

/** Sends what is kept, or calls done: the request is answered by its handler. */
function sendOrGoOn(request: FastifyRequest, reply: FastifyReply, around: Around, done: (error?: Error) => void): void {
  const want = wantOf(request, around.prefix);
  const now = want === null || isRefresh(request) ? null : around.kept.findNow(want);
  if (now !== null) {
    around.figures.count("page", "hit", 0);
    sendKept(request, reply, now, "hit");
  } else if (want === null) done();
  else
    takeOrMake(request, want, around).then((taken) => {
      if (taken === null) done();
      else sendKept(request, reply, taken.page, taken.how);
    }, done);
}

/** null: this request makes the page. */
async function takeOrMake(
  request: FastifyRequest,
  want: Keepable,
  { app, kept, makings, figures }: Around,
): Promise<{ page: KeptPage; how: How } | null> {
  const [place] = await kept.find([want], false);
  if (place === undefined) return null;
  const { found } = place;
  if (found !== null && !isRefresh(request)) {
    const how = found.isFresh ? "hit" : "stale";
    figures.count("page", how, 0);
    if (!found.isFresh) void makings.alone(place, () => refresh(app, request));
    return { page: found.value, how };
  }
  const made = await makings.join(place, isRefresh(request));
  figures.count("page", "page" in made ? "hit" : "miss", 0);
  if ("page" in made) return { page: made.page, how: "hit" };
  request.making = made;
  request.isKeptPage = true;
  return null;
}

function outcomesOf(figures: Figures): Metric {
  const { hit = 0, stale = 0, miss = 0 } = figures.list().find(({ name }) => name === "page") ?? {};
  return counter("page_cache_total", "Public pages for guests by how they were had.", [
    [{ outcome: "hit" }, hit],
    [{ outcome: "stale" }, stale],
    [{ outcome: "miss" }, miss],
  ]);
}

/** Hands the page to all who wait for it, if it may be shown to them. Gives what is sent to this reader. */
function keep(request: FastifyRequest, reply: FastifyReply, payload: unknown, making: Making): unknown {
  const page = pageOf(request, reply, payload, making.place.want.tags);
  making.settle(page);
  if (page === null) return payload;
  reply.header("etag", page.etag);
  return isSame(request.headers["if-none-match"], page.etag) ? notModified(reply) : payload;
}

/** null: no page that may be kept for this reader. */
function wantOf(request: FastifyRequest, prefix: () => string): Keepable | null {
  const { publicPage } = request.routeOptions.config;
  const { viewer, method, url, headers } = request;
  if (publicPage === undefined || method !== "GET" || viewer.kind !== "guest" || viewer.deviceId !== null) return null;
  if (url.length > MAX_URL || !takesHtml(headers.accept)) return null;
  const { slug } = request.params as { slug?: string }; // of routes that have one
  const own = publicPage.map((tag) => (slug === undefined ? tag : (tag.replace(":slug", () => slug) as CacheTag)));
  const tags = [...new Set([...own, ...FRAME_TAGS])];
  return { key: `${prefix()}:${colourSchemeOf(request)}:${url}`, tags, ttlSeconds: TTL_SECONDS, isPersonal: false };
}

const bodies = new WeakMap<KeptPage, Buffer>();

function sendKept(request: FastifyRequest, reply: FastifyReply, page: KeptPage, how: How): FastifyReply {
  reply.header("cache-control", "private, no-cache").header("vary", "cookie").header("etag", page.etag);
  reply.header("server-timing", `page;desc="${how}"`);
  if (isSame(request.headers["if-none-match"], page.etag)) return reply.code(304).send();
  const body = bodies.get(page) ?? Buffer.from(page.html);
  bodies.set(page, body);
  return reply.type("text/html; charset=utf-8").send(body);
}

/** RFC 9110 §15.4.5 */
function notModified(reply: FastifyReply): null {
  reply.code(304).removeHeader("content-type");
  return null;
}
