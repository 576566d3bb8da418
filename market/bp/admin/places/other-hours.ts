import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import { nothingHere, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { z } from "zod";
import { type AnyForm, anyForm, type FormError, PLACE_PATH, type PlaceParams, placeParams } from "./fields.ts";
import { sendHours } from "./hours.ts";
import { readPeriods } from "./read-hours.ts";

const MOST_DAYS = 62;
const MAX_NOTE = 100;
const DAY_MS = 86_400_000;

/** POST /admin/places/:id/other-hours: closed, or open at other times, on a day or some days in a row. */
export const addOtherHours: Route<{ Params: PlaceParams; Body: AnyForm }> = {
  method: "POST",
  url: `${PLACE_PATH}/other-hours`,
  schema: { params: placeParams, body: anyForm },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { id } = request.params;
    const form = request.body;
    const { days, errors: wrongDays } = readDays(form);
    const { hours, errors: wrongHours } = readPeriods(form, "other", "The times");
    const note = (form["note"] ?? "").replaceAll("\u0000", "").trim().slice(0, MAX_NOTE);
    const errors = [...wrongDays, ...wrongHours];
    if (errors.length > 0) return sendHours(request, reply.code(422), id, { other: form, errors });
    const by = adminOf(request).userId;
    const change = { kind: "exception", days, note, hours } as const;
    const { kind } = await transaction((tx) => services.places.changePlace(tx, { id, by, change }));
    if (kind !== "changed") throw nothingHere();
    return reply.redirect(withNotice(`/admin/places/${id}/hours#other`, "saved"), 303);
  },
};

const dayParams = placeParams.extend({ day: z.string() });

/** POST /admin/places/:id/other-hours/:day/removal: that day is like any other of its weekday. */
export const removeOtherHours: Route<{ Params: z.output<typeof dayParams> }> = {
  method: "POST",
  url: `${PLACE_PATH}/other-hours/:day(^\\d{4}-\\d{2}-\\d{2}$)/removal`,
  schema: { params: dayParams },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { id, day } = request.params;
    if (dayOf(day) === null) throw nothingHere();
    const by = adminOf(request).userId;
    const { kind } = await transaction((tx) => services.places.changePlace(tx, { id, by, change: { kind: "no-exception", day } }));
    if (kind !== "changed") throw nothingHere();
    return reply.redirect(withNotice(`/admin/places/${id}/hours#other`, "saved"), 303);
  },
};

/** One day, or each from the first to the last. */
function readDays(form: AnyForm): { days: string[]; errors: FormError[] } {
  const first = dayOf(form["from"] ?? "");
  if (first === null) return { days: [], errors: [{ field: "from", message: "Which day is it?" }] };
  const last = form["to"] ? dayOf(form["to"]) : first;
  if (last === null || last < first)
    return { days: [], errors: [{ field: "to", message: "The last day comes after the first, or is left empty." }] };
  const count = Math.round((last - first) / DAY_MS) + 1;
  if (count > MOST_DAYS) return { days: [], errors: [{ field: "to", message: `At most ${MOST_DAYS} days at a time.` }] };
  return { days: Array.from({ length: count }, (_, n) => new Date(first + n * DAY_MS).toISOString().slice(0, 10)), errors: [] };
}

/** The day's midnight in UTC; null: there is no such day. */
function dayOf(text: string): number | null {
  if (!/^[12]\d{3}-\d{2}-\d{2}$/.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text ? null : at;
}
