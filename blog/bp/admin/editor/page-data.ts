import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { fetchOutside, type Outside } from "@rose-ash/shared/infrastructure/http/outside/index.ts";
import { z } from "zod";
import { readPageData } from "./read-page-data.ts";

const querystring = z.object({ url: z.url({ protocol: /^https?$/ }).max(2_000) });
const LIMITS = { accept: ["text/html", "application/xhtml+xml"], maxBytes: 1_000_000, timeoutMs: 5_000 };

/**
 * GET /admin/editor/page-data: what a page of the open internet says of itself, for a bookmark card. An embed becomes a bookmark as well: a
 * page of ours asks no other site for anything when it is read.
 */
export const getPageData = (outside?: Outside): Route<{ Querystring: z.output<typeof querystring> }> => ({
  method: "GET",
  url: "/admin/editor/page-data",
  schema: { querystring },
  async handler(request) {
    const { url } = request.query;
    const answer = await fetchOutside({ ...LIMITS, url }, outside);
    if (answer.kind === "refused") {
      request.log.info({ reason: answer.reason, host: URL.parse(url)?.hostname }, "a page for a bookmark did not come");
      throw new CodedError("page-not-read", "The page could not be read. Check its address, or put in a plain link.");
    }
    const says = readPageData(answer.body, answer.contentType);
    const host = new URL(answer.url).hostname.replace(/^www\./, "");
    const metadata = { ...says, title: says.title || answer.url, publisher: says.publisher || host, icon: "", thumbnail: "" };
    return { type: "bookmark", url: answer.url, metadata };
  },
});
