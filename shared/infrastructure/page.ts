import { existsSync } from "node:fs";
import { join } from "node:path";
import type { FastifyReply, FastifyRequest } from "fastify";
import plugin from "fastify-plugin";
import type { FragmentWant } from "../contracts/fragments.ts";
import type { Viewer } from "../contracts/viewer.ts";
import { APPS, type App } from "../models/apps.ts";
import { colourSchemeOf } from "./blueprints/preferences/colour-scheme.ts";
import { type Shown, serverTiming } from "./fragments/index.ts";
import { isNoPage, makeAssetUrl } from "./http/index.ts";
import { noticeOf } from "./notices/index.ts";
import type { Runtime } from "./runtime.ts";
import { createTemplating, type Templating, trustedHtml } from "./templating.ts";
import { inSpan } from "./tracing/index.ts";

declare module "fastify" {
  interface FastifyInstance {
    templating: Templating;
  }
  interface FastifyRequest {
    /** The frame's pieces on their way: asked for before the handler runs, awaited by reply.page. */
    frame: Promise<Record<string, Wanted>> | null;
    /** The pieces that were put into this page so far; null: none. */
    shown: readonly Shown[] | null;
  }
  interface FastifyReply {
    /**
     * Renders a template of this app as a whole page. wants: more fragments, each under the name the template uses.
     * The frame's fragments and the wanted ones are fetched together with the handler's own work.
     */
    page(template: string, context: object, wants?: Wants): Promise<FastifyReply>;
  }
}

export type Wants = Readonly<Record<string, FragmentWant | readonly FragmentWant[]>>;
type Wanted = object | object[];

const SHARED = join(import.meta.dirname, "..");
const FRAME = {
  navTree: { type: "nav-tree" },
  footer: { type: "footer" },
  authMenu: { type: "auth-menu" },
  cartMini: { type: "cart-mini" },
  notificationBadge: { type: "notification-badge" },
} as const satisfies Wants;

const MOSTLY_REDIRECTS = /^\/(auth|oauth)\//;

const PLACES: Record<App, string> = {
  blog: "Blog",
  market: "Market",
  cart: "Cart",
  events: "Events",
  federation: "Community",
  account: "Account",
};

/** Gives replies page(), and the app its templates: its own before the shared ones. */
export const pages = plugin<{ name: App; dir: string; runtime: Runtime }>(async (app, { name, dir, runtime }) => {
  const { site, publicUrl } = runtime;
  const places = APPS.map((place) => ({ app: place, name: PLACES[place], url: publicUrl(place, "/"), isCurrent: place === name }));
  const globals = Object.defineProperties({ places }, Object.getOwnPropertyDescriptors(site));
  const folders = [
    join(dir, "templates"),
    join(dir, "bp"),
    join(dir, "dev"),
    join(SHARED, "templates"),
    join(SHARED, "infrastructure/blueprints"),
    join(SHARED, "infrastructure"), // pages beside what they show: admin/overview.html
    join(SHARED, "dev"),
  ];
  const templating = createTemplating({
    searchPath: folders.filter((folder) => existsSync(folder)),
    globals: { site: globals, app: name, asset: makeAssetUrl(), appUrl: publicUrl },
    locale: site.locale,
  });
  app.decorate("templating", templating);
  app.decorateRequest("frame", null);
  app.decorateRequest("shown", null);
  app.addHook("preHandler", async (request) => {
    const isPage =
      request.method === "GET" &&
      request.headers.accept?.includes("text/html") &&
      !MOSTLY_REDIRECTS.test(request.url) &&
      !isNoPage(request.url);
    if (isPage) request.frame = fetchWanted(request, FRAME);
  });
  app.decorateReply("page", function (template, context, wants) {
    return inSpan(`page ${template}`, "internal", {}, () => makePage(this, template, context, wants ?? {}));
  });

  /** Instants are told in the zone of who reads; what takes place somewhere names its own. */
  const ownSite = (viewer: Viewer) => {
    if (viewer.kind !== "member" || !viewer.timeZone) return {};
    const timeZone = { value: viewer.timeZone, enumerable: true };
    return { site: Object.defineProperties({}, { ...Object.getOwnPropertyDescriptors(globals), timeZone }) };
  };

  async function makePage(reply: FastifyReply, template: string, context: object, wants: Wants): Promise<FastifyReply> {
    const { request } = reply;
    const [frame, wanted] = await Promise.all([request.frame ?? fetchWanted(request, FRAME), fetchWanted(request, wants)]);
    const { viewer } = request;
    const html = await templating.render(template, {
      viewer,
      ...ownSite(viewer),
      path: request.url,
      scheme: colourSchemeOf(request),
      pageNotice: noticeOf(request),
      pause: request.admin?.pause ?? null,
      ...context,
      fragments: { ...frame, ...wanted },
    });
    return sendPage(reply, request, html);
  }
});

function sendPage(reply: FastifyReply, request: FastifyRequest, html: string): FastifyReply {
  if (!reply.hasHeader("cache-control")) {
    reply.header("cache-control", request.viewer.kind === "member" ? "private, no-store" : "private, no-cache");
  }
  if (request.shown !== null) reply.header("server-timing", serverTiming(request.shown));
  // as bytes: the socket takes three times as long to encode a text of its own
  return reply
    .header("vary", "cookie")
    .type("text/html; charset=utf-8")
    .send(request.isKeptPage ? html : Buffer.from(html));
}

/** One composition for all that is wanted, given back under the names it was wanted by. */
async function fetchWanted(request: FastifyRequest, wants: Wants): Promise<Record<string, Wanted>> {
  const names = Object.entries(wants);
  if (names.length === 0) return {};
  const wanted = names.flatMap(([, want]) => want);
  const compose = () => request.server.fragments.compose(request, wanted);
  const pieces = await inSpan("compose", "internal", { "fragments.count": wanted.length }, compose);
  request.shown = [...(request.shown ?? []), ...pieces];
  const left = pieces.map(({ html }) => trustedHtml(html));
  const take = (want: FragmentWant | readonly FragmentWant[]) =>
    Array.isArray(want) ? left.splice(0, want.length) : (left.shift() ?? trustedHtml(""));
  return Object.fromEntries(names.map(([name, want]) => [name, take(want)]));
}
