import { SITEMAP_PARTS } from "@rose-ash/shared/contracts/blog.ts";
import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { el, xmlDocument } from "../feeds/xml.ts";
import { sendPublic } from "../send-public.ts";

const NAMESPACE = { xmlns: "http://www.sitemaps.org/schemas/sitemap/0.9" };
const TYPE = "application/xml; charset=utf-8";

/** GET /sitemap.xml: the list of the sitemap's files. */
export const showSitemapIndex: Route<object> = {
  method: "GET",
  url: "/sitemap.xml",
  async handler(request, reply) {
    const { services, publicUrl } = request.server;
    const files = await services.blog.listSitemapFiles();
    const lines = files.map(({ part, number }) => el("sitemap", {}, el("loc", {}, publicUrl("blog", `/sitemaps/${part}-${number}.xml`))));
    return sendPublic(request, reply, { type: TYPE, body: xmlDocument(el("sitemapindex", NAMESPACE, ...lines)) });
  },
};

const params = z.object({ file: z.string() });
const FILE = /^([a-z]+)-([1-9]\d{0,3})\.xml$/;

/** GET /sitemaps/posts-1.xml: addresses, each with its last change. */
export const showSitemapFile: Route<{ Params: z.output<typeof params> }> = {
  method: "GET",
  url: "/sitemaps/:file",
  schema: { params },
  async handler(request, reply) {
    const { services } = request.server;
    const [, name, number] = FILE.exec(request.params.file) ?? [];
    const part = SITEMAP_PARTS.find((known) => known === name);
    const entries = part === undefined ? [] : await services.blog.getSitemapFile(part, Number(number));
    if (entries.length === 0) throw new CodedError("not-found", "There is no such part of the sitemap.");
    const urls = entries.map(({ url, updatedAt }) => el("url", {}, el("loc", {}, url), el("lastmod", {}, updatedAt.toISOString())));
    return sendPublic(request, reply, { type: TYPE, body: xmlDocument(el("urlset", NAMESPACE, ...urls)) });
  },
};
