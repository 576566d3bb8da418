import type { Door } from "@rose-ash/shared/contracts/ticket-desk.ts";
import { type Cell, writeTable } from "@rose-ash/shared/infrastructure/csv/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { memberOf } from "../member.ts";

const params = z.object({ slug: z.string() });
const key = z
  .string()
  .regex(/^[0-9TZ]{8,16}$/)
  .optional()
  .catch(undefined);
const querystring = z.object({ key });

/**
 * GET /entries/:slug/door/guests.csv: who comes, what they answered, and who is here. Codes are shortened: nobody comes in with the file.
 * As names go out, the log says to whom.
 */
export const downloadGuests: Route<{ Params: z.output<typeof params>; Querystring: z.output<typeof querystring> }> = {
  method: "GET",
  url: "/entries/:slug/door/guests.csv",
  schema: { params, querystring },
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const by = memberOf(request);
    const door = await services.ticketDesk.getDoor(by, request.params.slug, request.query.key ?? null);
    const about = { app: "events", by, action: "download guests", subject: `entry:${door.time.id}`, reason: "" } as const;
    await transaction((tx) =>
      services.audit.record(tx, { ...about, before: null, after: { time: door.time.key, guests: door.guests.length } }),
    );
    return reply
      .header("content-disposition", `attachment; filename="guests-${door.time.slug}${door.time.key && `-${door.time.key}`}.csv"`)
      .header("cache-control", "private, no-store")
      .type("text/csv; charset=utf-8")
      .send(writeTable(headOf(door), rowsOf(door)));
  },
};

function headOf({ questions }: Door): readonly string[] {
  return ["Name", "Ticket", "Code ends in", ...questions.map(({ label }) => label), "Here since"];
}

function rowsOf({ questions, guests }: Door): readonly (readonly Cell[])[] {
  return guests.map(({ name, typeName, code, answers, isIn, inAt }) => [
    ...[name, typeName, code.slice(-5)],
    ...questions.map((question) => answers[question.key] ?? ""),
    isIn ? (inAt?.toISOString() ?? "yes") : "",
  ]);
}
