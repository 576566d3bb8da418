import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { AccountConfig } from "../../config/schema.ts";
import { accountPage } from "../../sections.ts";
import { wordsOf } from "./affairs.ts";
import { listKeptOrders } from "./kept-orders.ts";
import { memberOf } from "./member.ts";

const LIMIT = { hits: 10, windowSeconds: 86_400 };
const DAY_MS = 86_400_000;
type Period = Pick<AccountConfig, "ERASURE_DAYS">;

/** The choices as they are typed; name: the member's own handle, as a sign that they mean it. */
const body = z.object({
  posts: z.enum(["keep", "remove"]).catch("keep"),
  comments: z.enum(["keep", "remove"]).catch("keep"),
  name: z.string().trim().max(100).catch(""),
});
type Typed = z.output<typeof body>;

/** GET /data/erasure: what goes, what stays and why, and what has to be settled first; the question. */
export const confirmErasure = (period: Period): Route => ({
  method: "GET",
  url: "/data/erasure",
  handler: (request, reply) => ask(request, reply, period, { posts: "keep", comments: "keep", name: "" }, ""),
});

/** POST /data/erasure: it is asked for. Until it is due it can be undone. */
export const askErasure = (period: Period): Route<{ Body: Typed }> => ({
  method: "POST",
  url: "/data/erasure",
  schema: { body },
  async handler(request, reply) {
    const { userId, handle } = memberOf(request);
    const { services, transaction, runtime } = request.server;
    const { posts, comments, name } = request.body;
    if (name.replace(/^@/, "").toLowerCase() !== handle)
      return ask(request, reply.code(422), period, request.body, `Type ${handle}, so that nobody does this by mistake.`);
    const now = runtime.clock.now();
    const result = await transaction(async (tx) => {
      if (!(await services.identity.withinLimit(tx, `erasure:${userId}`, LIMIT, now)))
        throw new CodedError("too-many-requests", "You asked for this often today. Please wait until tomorrow.");
      const dueAt = new Date(now.getTime() + period.ERASURE_DAYS * DAY_MS);
      return services.erasures.ask(tx, { userId, keepsPosts: posts === "keep", keepsComments: comments === "keep", dueAt, by: null });
    });
    if (result.kind === "must-first") return ask(request, reply.code(409), period, request.body, "");
    return reply.redirect(withNotice("/data", result.kind === "before" ? "erasure-before" : "erasure-asked"), 303);
  },
});

async function ask(
  request: FastifyRequest,
  reply: FastifyReply,
  { ERASURE_DAYS }: Period,
  typed: Typed,
  error: string,
): Promise<FastifyReply> {
  const { userId, handle } = memberOf(request);
  const { services, transaction, runtime, publicUrl } = request.server;
  if ((await services.erasures.findOpen(userId)) !== null) return reply.redirect("/data", 303);
  const [affairs, kept, intentions] = await Promise.all([
    transaction((tx) => services.erasures.listAffairs(tx, userId)),
    listKeptOrders(services, userId),
    services.personalData.listIntentions(userId),
  ]);
  const words = wordsOf(affairs, publicUrl);
  reply.header("cache-control", "private, no-store");
  return accountPage(reply, "data/erase.html", {
    ...{ handle, typed, error, kept, days: ERASURE_DAYS, zone: runtime.site.timeZone },
    mustFirst: words.filter(({ weight }) => weight === "must-first"),
    others: words.filter(({ weight }) => weight !== "must-first"),
    goes: intentions.filter(({ deed }) => deed === "deletes").map(({ what }) => what),
    stays: intentions.filter(({ deed }) => deed !== "deletes"),
  });
}
