import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { FragmentWant } from "@rose-ash/shared/contracts/fragments.ts";
import type { Widget } from "@rose-ash/shared/contracts/widgets.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { audienceWords } from "../audience.ts";
import { editUrlOf } from "../edit-link.ts";
import { markdownOf, wordsInMarkdown } from "../markdown.ts";
import { findOrMoved } from "../moved.ts";
import { sendPublic } from "../send-public.ts";
import { withPictures } from "../text-pictures.ts";
import { canonicalPath } from "./canonical-path.ts";

const ENTRIES_SHOWN = 4;
const PRODUCTS_SHOWN = 4;
const params = z.object({ "*": z.string() });

/** GET /<path>: a standing page; with .md behind it, its text. */
export const showPage: Route<{ Params: z.output<typeof params> }> = {
  method: "GET",
  url: "/*",
  schema: { params },
  config: { publicPage: ["menu", "posts", "calendar", "places", "shop"] },
  async handler(request, reply) {
    const { services, publicUrl, listTopics } = request.server;
    const asked = request.params["*"];
    if (asked.endsWith(".md")) return sendMarkdown(request, reply, asked.slice(0, -".md".length));
    const path = canonicalPath(asked);
    if (path === null) throw nothing();
    const found = await findOrMoved(services.blog, `/${path}`, () => services.blog.getPage(path, request.viewer));
    if (found.kind === "moved") return reply.redirect(found.to, 301);
    if (path !== asked) return reply.redirect(`/${path}`, 301);
    const { page } = found;
    const [topics, widgets, html, editUrl] = await Promise.all([
      listTopics(null),
      page.isReadable ? services.widgets.listWidgets(path) : [],
      withPictures(services.media, page.html),
      editUrlOf(services, request.viewer, { kind: "page", id: page.id }),
    ]);
    const context = {
      ...page,
      html,
      editUrl,
      audience: audienceWords(page.audience),
      trail: [{ name: "Blog", url: "/" }, ...page.breadcrumb],
      topics,
      url: publicUrl("blog", `/${path}`),
      widgets,
    };
    return reply.page("page/show.html", context, { widgets: widgets.map((widget) => wantOf(widget, path)) });
  },
};

/** The piece of its owner that a widget shows. */
function wantOf({ kind, slug }: Widget, path: string): FragmentWant {
  if (kind === "market") return { type: "market-widget", params: { place: slug, limit: PRODUCTS_SHOWN, next: `/${path}` } };
  if (kind === "entry") return { type: "ticket-box", params: { entry: slug, next: `/${path}` } };
  return { type: "next-entries", params: { calendar: slug, limit: ENTRIES_SHOWN } };
}

/** What is not for everybody has no plain form. */
async function sendMarkdown(request: FastifyRequest, reply: FastifyReply, asked: string): Promise<FastifyReply> {
  const { services, publicUrl } = request.server;
  if (canonicalPath(asked) !== asked) throw nothing();
  const look = () => services.blog.getPage(asked, { kind: "guest", deviceId: null });
  const found = await findOrMoved(services.blog, `/${asked}`, look);
  if (found.kind === "moved") return toPlainForm(reply, found.to);
  const { page } = found;
  if (page.audience !== null) throw nothing();
  const head = [`# ${wordsInMarkdown(page.title)}`, wordsInMarkdown(page.summary)];
  const text = [...head, await markdownOf(page.html, publicUrl("blog", ""))].filter(Boolean).join("\n\n");
  return sendPublic(request, reply, { type: "text/markdown; charset=utf-8", body: `${text}\n` });
}

/** A tag has no plain form. */
function toPlainForm(reply: FastifyReply, path: string): FastifyReply {
  if (path.startsWith("/tags/")) throw nothing();
  return reply.redirect(`${path}.md`, 301);
}

function nothing(): CodedError {
  return new CodedError("not-found", "There is no page at this address.");
}
