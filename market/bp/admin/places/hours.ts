import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { MarketPlaceId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { dateWords, hoursWords, nameOfDay } from "../../places/opening-words.ts";
import { type AnyForm, anyForm, type FormError, PLACE_PATH, type PlaceParams, placeParams } from "./fields.ts";
import { frameOf, PROBLEMS } from "./frame.ts";
import { periodFields, readWeek } from "./read-hours.ts";

/** GET /admin/places/:id/hours: when it is open, week for week, and on which days otherwise. */
export const showHours: Route<{ Params: PlaceParams }> = {
  method: "GET",
  url: `${PLACE_PATH}/hours`,
  schema: { params: placeParams },
  onRequest: adminOnly("edit"),
  handler: (request, reply) => sendHours(request, reply, request.params.id, {}),
};

/** POST /admin/places/:id/hours: the hours of every week from now on. */
export const saveHours: Route<{ Params: PlaceParams; Body: AnyForm }> = {
  method: "POST",
  url: `${PLACE_PATH}/hours`,
  schema: { params: placeParams, body: anyForm },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { id } = request.params;
    const { week, errors } = readWeek(request.body);
    if (errors.length > 0) return sendHours(request, reply.code(422), id, { week: request.body, errors });
    const by = adminOf(request).userId;
    const change = { kind: "hours", revision: Number(request.body["revision"]) || 0, week } as const;
    const { kind } = await transaction((tx) => services.places.changePlace(tx, { id, by, change }));
    if (kind === "changed") return reply.redirect(withNotice(`/admin/places/${id}/hours`, "saved"), 303);
    return sendHours(request, reply.code(409), id, { week: request.body, problem: PROBLEMS.conflict });
  },
};

/** Forms that came back: the week's or the one for other hours, and what is wrong. */
interface Again {
  week?: AnyForm;
  other?: AnyForm;
  errors?: readonly FormError[];
  problem?: string;
}

/** The page about opening times. */
export async function sendHours(
  request: FastifyRequest,
  reply: FastifyReply,
  id: MarketPlaceId,
  { week, other, errors = [], problem = "" }: Again,
): Promise<FastifyReply> {
  const place = await request.server.services.places.getForEditing(id);
  const { times } = place;
  const hoursOn = (weekday: number) => times.week.filter((period) => period.weekday === weekday);
  return reply.page("admin/places/hours.html", {
    ...frameOf(request, place, "/hours"),
    ...{ errors, problem },
    messages: Object.fromEntries(errors.map(({ field, message }) => [field, message])),
    days: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
      name: nameOfDay(weekday),
      periods: periodFields(String(weekday), hoursOn(weekday), week ?? null),
    })),
    other: { from: other?.["from"] ?? "", to: other?.["to"] ?? "", note: other?.["note"] ?? "" },
    otherPeriods: periodFields("other", [], other ?? null),
    exceptions: times.exceptions.map(({ day, note, hours }) => ({
      ...{ day, note, date: `${nameOfDay(new Date(day).getUTCDay() || 7)} ${dateWords(day)} ${day.slice(0, 4)}` },
      hours: hoursWords(hours),
    })),
  });
}
