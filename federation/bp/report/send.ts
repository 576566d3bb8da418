import { randomUUID } from "node:crypto";
import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Reportable } from "@rose-ash/shared/contracts/moderation.ts";
import type { Tx } from "@rose-ash/shared/contracts/tx.ts";
import { ACTIVITY_CONTEXT } from "@rose-ash/shared/infrastructure/activitypub/index.ts";
import { nothingHere, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { UserId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { memberOf } from "../settings/member.ts";
import { sendReportForm } from "./show.ts";

const MOST = { hits: 10, windowSeconds: 3600 };
const body = z.object({
  uri: z.string().max(2000),
  words: z.string().trim().max(5000).default(""),
  forward: z.enum(["yes", "no"]).default("no"),
});

/** POST /report: stewards look at it; the server of whoever is accused hears of it where the member wants that, not who said so. */
export const sendReport: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/report",
  schema: { body },
  async handler(request, reply) {
    const { server } = request;
    const { userId } = memberOf(request);
    const { uri, words, forward } = request.body;
    if (words.length < 3)
      return sendReportForm(request, reply.code(422), { uri, words, error: "Say what is wrong with it: a few words do." });
    const kind = await report(server, userId, { uri, words, forward: forward === "yes" });
    return reply.redirect(withNotice("/report/sent", kind === "reported" ? "report-sent" : "report-sent-before"), 303);
  },
};

/** Throws not-found for what nobody could report, and too-many-requests. */
export async function report(
  server: FastifyInstance,
  userId: UserId,
  { uri, words, forward }: { uri: string; words: string; forward: boolean },
): Promise<"reported" | "reported-before"> {
  const found = await server.services.moderation.findReportable(uri);
  if (found === null) throw nothingHere();
  const isForwarded = forward && found.host !== null;
  const { kind } = await server.transaction(async (tx) => {
    const isFine = await server.services.identity.withinLimit(tx, `reports:${userId}`, MOST, server.runtime.clock.now());
    if (!isFine) throw new CodedError("too-many-requests", "That are many reports in a short time. Please wait an hour.");
    const done = await server.services.moderation.report(tx, { by: userId, uri, words, isForwarded });
    if (done.kind === "reported" && isForwarded) await sayFlag(server, tx, found, words);
    return done;
  });
  if (kind === "unknown") throw nothingHere();
  return kind;
}

/** By the instance, as whoever reports stays unnamed. */
async function sayFlag(
  { fediverse, services, publicUrl }: FastifyInstance,
  tx: Tx,
  { uri, accused }: Reportable,
  words: string,
): Promise<void> {
  const { instance } = fediverse.actors;
  const id = publicUrl(instance.app, `/ap/activities/flag-${randomUUID()}`);
  const object = accused.actor === uri ? [accused.actor] : [accused.actor, uri];
  await services.fediverse.say(tx, {
    ...{ uri: id, app: instance.app, actor: instance.uri, type: "Flag", object: id, to: [accused.actor] },
    document: { "@context": ACTIVITY_CONTEXT, id, type: "Flag", actor: instance.uri, to: [accused.actor], object, content: words },
    ...{ visibility: "direct", isListed: false, isForFollowers: false, activityId: null, source: null },
  });
}
