import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { FragmentWant } from "@rose-ash/shared/contracts/fragments.ts";
import type { Widget } from "@rose-ash/shared/contracts/widgets.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { audienceWords } from "../audience.ts";
import { markdownOf } from "../markdown.ts";
import { findOrMoved } from "../moved.ts";
import { sendPublic } from "../send-public.ts";
import { canonicalPath } from "./canonical-path.ts";

const ENTRIES_SHOWN = 4;
const params = z.object({ "*": z.string() });

/** GET /<path>: a standing page; with .md behind it, its text. */
export const showPage: Route<{ Params: z.output<typeof params> }> = {
  method: "GET",
  url: "/*",
  schema: { params },
  config: { publicPage: ["menu", "posts", "calendar"] },
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
    const [topics, widgets] = await Promise.all([listTopics(null), page.isReadable ? services.widgets.listWidgets(path) : []]);
    const context = {
      ...page,
      audience: audienceWords(page.audience),
      trail: [{ name: "Blog", url: "/" }, ...page.breadcrumb],
      topics,
      url: publicUrl("blog", `/${path}`),
      widgets,
    };
    return reply.page("page/show.html", context, { widgets: widgets.map(wantOf) });
  },
};

/** The piece of its owner that a widget shows. */
function wantOf({ slug }: Widget): FragmentWant {
  return { type: "next-entries", params: { calendar: slug, limit: ENTRIES_SHOWN } };
}

/** What is not for everybody has no plain form. */
async function sendMarkdown(request: FastifyRequest, reply: FastifyReply, asked: string): Promise<FastifyReply> {
  const { services, publicUrl } = request.server;
  if (canonicalPath(asked) !== asked) throw nothing();
  const page = await services.blog.getPage(asked, { kind: "guest", deviceId: null });
  if (page.audience !== null) throw nothing();
  const text = [`# ${page.title}`, page.summary, await markdownOf(page.html, publicUrl("blog", ""))].filter(Boolean).join("\n\n");
  return sendPublic(request, reply, { type: "text/markdown; charset=utf-8", body: `${text}\n` });
}

function nothing(): CodedError {
  return new CodedError("not-found", "There is no page at this address.");
}
