import type { ErasureRow } from "@rose-ash/shared/contracts/erasures.ts";
import { menuOf, wholeSiteOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { APPS } from "@rose-ash/shared/models/apps.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";

const querystring = z.looseObject({ page: z.coerce.number().int().min(1).max(10_000).catch(1) }); // loose: a notice may stand beside it

/** The form for a letter, as it was typed, and what is wrong with it. */
export interface TypedLetter {
  readonly email: string;
  readonly reason: string;
  readonly error: { readonly field: "email" | "reason"; readonly message: string } | null;
}

/** GET /admin/erasures: those that are under way first. */
export const listErasures: Route<{ Querystring: z.output<typeof querystring> }> = {
  method: "GET",
  url: "/admin/erasures",
  schema: { querystring },
  onRequest: wholeSiteOnly("operate"),
  handler: (request, reply) => sendList(request, reply, request.query.page, { email: "", reason: "", error: null }),
};

/** The list, with the form as it was typed. */
export async function sendList(request: FastifyRequest, reply: FastifyReply, page: number, letter: TypedLetter): Promise<FastifyReply> {
  const { erasures } = request.server.services;
  const [{ rows, pageCount }, list] = await Promise.all([erasures.listErasures(page), erasures.getList()]);
  const at = (number: number) => `/admin/erasures?page=${number}`;
  reply.header("cache-control", "private, no-store");
  return reply.page("erasures/list.html", {
    ...{ menu: menuOf(request), letter, list, zone: request.server.runtime.site.timeZone },
    erasures: rows.map((row) => ({ ...row, ...standing(row) })),
    pages: { number: page, count: pageCount, previousUrl: page > 1 ? at(page - 1) : null, nextUrl: page < pageCount ? at(page + 1) : null },
  });
}

/** How it stands, in a word and in a sentence. */
export function standing({ state, waitsFor, closedAt, done, stuck }: ErasureRow): { badge: string; tone: string; words: string } {
  if (stuck.some(({ isDead }) => isDead))
    return { badge: "Stuck", tone: "brick", words: `given up in ${stuck.map(({ app }) => app).join(", ")}` };
  if (state === "asked" && waitsFor.length > 0)
    return { badge: "Waits", tone: "amber", words: `waits for: ${waitsFor.join(", ").replaceAll("-", " ")}` };
  if (state === "asked") return { badge: "Can be undone", tone: "amber", words: "" };
  if (state === "undone") return { badge: "Undone", tone: "", words: "" };
  if (state === "running")
    return { badge: "Under way", tone: "rose", words: `${done.length} of ${APPS.length} services have done their part` };
  return closedAt === null
    ? { badge: "Forgotten", tone: "leaf", words: "its goodbye to other servers is still on the way; its key goes with that" }
    : { badge: "Closed", tone: "leaf", words: "" };
}
