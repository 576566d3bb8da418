import type { EntryPage } from "@rose-ash/shared/contracts/events.ts";
import { commentsOf } from "@rose-ash/shared/infrastructure/blueprints/comments/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { CalendarEntryId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { forMembers } from "../calendar/for-members.ts";
import { boxOf, type TypedBox } from "../tickets/box.ts";
import { structuredData } from "./structured-data.ts";

const params = z.object({ slug: z.string() });
const timeParams = z.object({ slug: z.string(), key: z.string() });
/** code: of tickets that are shown to who knows it. Loose: a notice may stand beside it. */
const querystring = z.looseObject({ code: z.string().max(40).catch("").default("") });
type Query = { Querystring: z.output<typeof querystring> };

/** GET /entries/:slug: when, where, by whom, and the places left; of a series its next time. */
export const showEntry: Route<{ Params: z.output<typeof params> } & Query> = {
  method: "GET",
  url: "/entries/:slug",
  schema: { params, querystring },
  config: { publicPage: ["calendar", "comments:/entries/:slug"], document: "CalendarEntry" },
  handler: (request, reply) => sendEntry(request, reply, { slug: request.params.slug, key: null }, { code: request.query.code }),
};

/** GET /entries/:slug/:key: one time of a series. */
export const showTime: Route<{ Params: z.output<typeof timeParams> } & Query> = {
  method: "GET",
  url: "/entries/:slug/:key(^[0-9TZ]{8,16}$)",
  schema: { params: timeParams, querystring },
  config: { publicPage: ["calendar", "comments:/entries/:slug"] },
  handler: (request, reply) => sendEntry(request, reply, request.params, { code: request.query.code }),
};

/** The page of an entry, with its ticket box as it was filled in. */
export async function sendEntry(
  request: FastifyRequest,
  reply: FastifyReply,
  { slug, key }: { slug: string; key: string | null },
  typed: TypedBox,
): Promise<FastifyReply> {
  const { services, runtime, publicUrl } = request.server;
  const [page, box] = await Promise.all([services.events.getEntry(slug, key), boxOf(request, { slug, key }, typed)]);
  const { endsAt, calendar, title, url } = page.entry;
  const desk = await deskOf(request, page);
  const { discussion, commentWants } = await commentsOf(request, { type: "CalendarEntry", id: page.id }, `/entries/${slug}`);
  const context = {
    ...page,
    discussion,
    // the end is exclusive: what ends at midnight, and every all-day entry, has its last moment on the day before
    lastAt: new Date(Math.max(endsAt.getTime() - 1, page.entry.startsAt.getTime())),
    isOver: endsAt <= runtime.clock.now(),
    ...{ desk, box },
    coming: box.isOpen && box.types.length === 0 && !box.hasHidden ? await comingOf(request, page, desk !== null) : null,
    structured: structuredData(page, box.types, publicUrl),
    fileUrl: publicUrl("events", `/entries/${slug}/calendar.ics`),
    trail: [{ name: "Calendar", url: publicUrl("events", "/") }, calendar, { name: title, url }],
  };
  return reply.page("entry/show.html", context, commentWants);
}

/** Who comes to what needs no ticket, as far as the viewer may see it. */
async function comingOf(request: FastifyRequest, page: EntryPage, seesAll: boolean) {
  const { viewer, server } = request;
  const { slug } = page.entry;
  const key = page.rule === "" ? "" : page.key;
  const here = `/entries/${slug}${key === "" ? "" : `/${key}`}`;
  const reader = viewer.kind === "member" ? { userId: viewer.userId, seesAll } : null;
  const attendance = await server.services.attendance.getAttendance({ entryId: page.id as CalendarEntryId, slug, key }, reader);
  return { ...attendance, here, signInUrl: reader === null ? forMembers(request, here) : null };
}

/** What its keepers may do about it; null: this is none of them. What a feed brings is changed at its source. */
async function deskOf({ viewer, server: { services } }: FastifyRequest, page: EntryPage) {
  if (viewer.kind !== "member" || page.isFromFeed) return null;
  const open = await services.calendarDesk.listOpenCalendars(viewer.userId);
  const isKeeper = open.some(({ id, isKeeper: keeps }) => keeps && id === page.calendarId);
  const isOrganiser = page.organiserId === viewer.userId;
  if (!isKeeper && !isOrganiser) return null;
  const here = `/entries/${page.entry.slug}`;
  const isSeries = page.rule !== "";
  const edits = isSeries
    ? [
        { name: "Change this time", url: `${here}/${page.key}/edit?scope=this` },
        { name: "This and all that follow", url: `${here}/${page.key}/edit?scope=following` },
        { name: "All of it", url: `${here}/edit` },
      ]
    : [{ name: "Change", url: `${here}/edit` }];
  const tickets = `${here}/tickets${isSeries ? `?key=${page.key}` : ""}`;
  return {
    here,
    tickets,
    door: `${here}/door${isSeries ? `?key=${page.key}` : ""}`,
    key: page.key,
    revision: page.revision,
    isSeries,
    edits: isKeeper ? edits : [],
    isKeeper,
  };
}
