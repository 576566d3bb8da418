import type { ChangeResult, ChangeScope } from "@rose-ash/shared/contracts/calendar-desk.ts";
import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { type NoticeCode, withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { FastifyReply } from "fastify";
import { z } from "zod";
import { memberOf } from "../member.ts";

const params = z.object({ slug: z.string() });
const key = z.string().max(20).catch("").default("");
const body = z.object({ revision: z.coerce.number().int(), scope: z.enum(["all", "this", "following"]), key });
type Form = { Params: z.output<typeof params>; Body: z.output<typeof body> };

/** POST /entries/:slug/cancellation: one time, all from one on, or all of it. */
export const cancelEntry: Route<Form> = {
  method: "POST",
  url: "/entries/:slug/cancellation",
  schema: { params, body },
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const by = memberOf(request);
    const scope = scopeOf(request.body);
    const entry = await services.calendarDesk.getForEditing(by, request.params.slug, null);
    const result = await transaction((tx) =>
      services.calendarDesk.cancel(tx, { id: entry.id, revision: request.body.revision, scope, by }),
    );
    if (entry.status === "proposed" && result.kind === "changed") return reply.redirect(withNotice("/desk", "entry-withdrawn"), 303);
    return answer(reply, { slug: entry.slug, scope: scope.kind === "following" ? { kind: "all" } : scope }, result, "entry-cancelled");
  },
};

/** POST /entries/:slug/reinstatement: it takes place after all. */
export const reinstateEntry: Route<Form> = {
  method: "POST",
  url: "/entries/:slug/reinstatement",
  schema: { params, body },
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const by = memberOf(request);
    const scope = scopeOf(request.body);
    const entry = await services.calendarDesk.getForEditing(by, request.params.slug, null);
    if (scope.kind === "following") throw new CodedError("not-found", "What was taken off a series is made anew.");
    const result = await transaction((tx) =>
      services.calendarDesk.reinstate(tx, { id: entry.id, revision: request.body.revision, scope, by }),
    );
    return answer(reply, { slug: entry.slug, scope }, result, "entry-back");
  },
};

function scopeOf({ scope, key: name }: Form["Body"]): ChangeScope {
  return scope === "all" ? { kind: "all" } : { kind: scope, key: name };
}

function answer(
  reply: FastifyReply,
  { slug, scope }: { slug: string; scope: ChangeScope },
  result: ChangeResult,
  done: NoticeCode,
): FastifyReply {
  if (result.kind === "gone") throw new CodedError("not-found", "There is nothing here that you may change.", { slug });
  const notice = result.kind === "changed" ? done : result.kind === "conflict" ? "entry-conflict" : "setup-refused";
  return reply.redirect(withNotice(`/entries/${slug}${scope.kind === "all" ? "" : `/${scope.key}`}`, notice), 303);
}
