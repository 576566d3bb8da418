import type { StatusPage } from "@rose-ash/shared/contracts/statuses.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { ComposeForm } from "../statuses/compose-form.ts";
import { readerOf } from "./reader.ts";
import { tabsOf } from "./tabs.ts";

/** before: where the page before ended, as its link says. */
export const timelineQuery = z.object({
  before: z
    .string()
    .regex(/^[1-9]\d{0,15}(-\d{1,16})?$/)
    .refine((text) => Number.parseInt(text, 10) <= Number.MAX_SAFE_INTEGER)
    .optional(),
  /** What was just done, which the page says. */
  notice: z.string().max(100).optional(),
});
export type TimelineQuery = z.output<typeof timelineQuery>;

interface Timeline {
  readonly title: string;
  readonly lead: string;
  readonly path: string;
  readonly page: StatusPage;
  readonly empty: { readonly title: string; readonly body: string; readonly label: string; readonly url: string };
  readonly compose: ComposeForm | null;
  /** The words that were looked for. */
  readonly words?: string;
  /** What else belongs to it. */
  readonly more?: { readonly name: string; readonly url: string };
}

/** One page of a timeline, whichever. */
export function sendTimeline(request: FastifyRequest, reply: FastifyReply, timeline: Timeline): Promise<FastifyReply> {
  const { before } = request.query as TimelineQuery; // every such route says so
  const { page, path, more: _, words: __, ...rest } = timeline;
  const from = (place: string) => `${path}${path.includes("?") ? "&" : "?"}before=${place}`;
  const reader = readerOf(request);
  if (reader !== null) reply.header("cache-control", "private, no-store");
  return reply.page("hub/timeline.html", {
    ...rest,
    lines: page.lines,
    more: timeline.more ?? null,
    words: timeline.words ?? null,
    here: before === undefined ? path : from(before),
    isMember: reader !== null,
    newestUrl: before === undefined ? null : path,
    olderUrl: page.older === null ? null : from(page.older),
    tabs: tabsOf(path, reader),
  });
}
