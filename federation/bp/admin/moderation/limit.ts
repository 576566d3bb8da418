import type { LimitResult } from "@rose-ash/shared/contracts/moderation.ts";
import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { LimitId } from "@rose-ash/shared/models/ids.ts";
import { LIMIT_KINDS } from "@rose-ash/shared/models/moderation.ts";
import { z } from "zod";
import { decisionOf } from "../servers/verdicts.ts";
import { sendPeople } from "./people.ts";

const reason = z.string().trim().min(3).max(500);
const body = z.object({ actor: z.string().trim().min(1).max(2000), kind: z.enum(LIMIT_KINDS), reason });

const WORDS: Record<Exclude<LimitResult["kind"], "set">, string> = {
  "in-force": "That is so already.",
  "about-oneself": "That is you. Nobody decides about themselves.",
  steward: "They are a steward. An admin takes that role from them first.",
  unknown: "We know nobody of that name or address.",
};

/** POST /admin/moderation/people: somebody is silenced or suspended. */
export const limitPerson: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/moderation/people",
  schema: { body },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { actor, kind, reason: why } = request.body;
    const done = await transaction((tx) => services.moderation.limit(tx, actor, kind, decisionOf(request, why)));
    if (done.kind !== "set") return sendPeople(request, reply.code(422), { actor, page: 1, reason: why, error: WORDS[done.kind] });
    return reply.redirect(withNotice("/admin/moderation/people", "limit-set"), 303);
  },
};

const params = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
const liftBody = z.object({ reason });

/** POST /admin/moderation/people/:id/end: it holds no more. */
export const liftLimit: Route<{ Params: z.output<typeof params>; Body: z.output<typeof liftBody> }> = {
  method: "POST",
  url: "/admin/moderation/people/:id/end",
  schema: { params, body: liftBody },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const id = request.params.id as LimitId;
    const isDone = await transaction((tx) => services.moderation.lift(tx, id, decisionOf(request, request.body.reason)));
    return reply.redirect(withNotice("/admin/moderation/people", isDone ? "limit-lifted" : "not-there-now"), 303);
  },
};
