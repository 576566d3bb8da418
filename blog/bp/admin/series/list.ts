import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { SeriesId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";

const text = z
  .string()
  .catch("")
  .default("")
  .transform((typed) => typed.replaceAll("\u0000", "").trim());
export const seriesBody = z.object({ title: text, slug: text, description: text });
export type SeriesBody = z.output<typeof seriesBody>;

/** A series' id in an address. */
export const seriesParams = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
export type SeriesParams = z.output<typeof seriesParams>;

/** GET /admin/series: each with its posts in order. */
export const listSeries: Route = {
  method: "GET",
  url: "/admin/series",
  onRequest: adminOnly("edit"),
  handler: (request, reply) => sendSeries(request, reply, null),
};

/** A form that comes back; id null: that of a new series. */
interface Again {
  id: SeriesId | null;
  values: SeriesBody;
  errors: readonly { field: string; message: string }[];
}

/** The list; with a form that came back, 422. Each series has a form of its own, whose fields end in its id. */
export async function sendSeries(request: FastifyRequest, reply: FastifyReply, again: Again | null): Promise<FastifyReply> {
  const all = await request.server.services.writing.listSeries();
  if (again) reply.code(422);
  const messages = Object.fromEntries((again?.errors ?? []).map(({ field, message }) => [field, message]));
  const isAgain = (id: SeriesId | null) => again !== null && again.id === id;
  return reply.page("admin/series/list.html", {
    menu: menuOf(request),
    series: all.map((one) => ({
      ...one,
      ...(isAgain(one.id) && again?.values),
      messages: isAgain(one.id) ? messages : {},
      isOpen: isAgain(one.id),
    })),
    fresh: isAgain(null) ? { ...again?.values, messages } : { title: "", slug: "", description: "", messages: {} },
    errors: (again?.errors ?? []).map(({ field, message }) => ({ field: again?.id ? `${field}-${again.id}` : field, message })),
  });
}
