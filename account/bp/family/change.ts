import { type AskResult, MAX_CHILD_NAME } from "@rose-ash/shared/contracts/family.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { type NoticeCode, withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { GuardianshipId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply } from "fastify";
import { z } from "zod";
import { memberOf } from "../member.ts";
import { sendFamily } from "./show.ts";

/** Whoever tries names one after the other does not get far. */
const MOST_ASKED_A_MINUTE = 10;
const TOO_MANY = "There are as many in your family as there can be, or as many wait for an answer.";

const params = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
type Params = { Params: z.output<typeof params> };
const childForm = z.object({ name: z.string() });
const askForm = z.object({ handle: z.string() });
const answerForm = z.object({ answer: z.enum(["yes", "no"]) });

const back = (reply: FastifyReply, notice: NoticeCode) => reply.redirect(withNotice("/family", notice), 303);

/** POST /family/children: a child without an account, by name. */
export const addChild: Route<{ Body: z.output<typeof childForm> }> = {
  method: "POST",
  url: "/family/children",
  schema: { body: childForm },
  async handler(request, reply) {
    const userId = memberOf(request);
    const name = request.body.name.replaceAll(/\p{Cc}+/gu, " ").trim();
    const again = (message: string) => sendFamily(request, reply.code(422), { form: request.body, messages: { name: message } });
    if (name === "") return again("Please say how they are called.");
    if (name.length > MAX_CHILD_NAME) return again(`At most ${MAX_CHILD_NAME} letters, please.`);
    const { services, transaction } = request.server;
    const result = await transaction((tx) => services.family.addChild(tx, userId, name));
    return result === "added" ? back(reply, "family-child") : again(TOO_MANY);
  },
};

const REFUSED: Readonly<Record<Exclude<AskResult, "asked">, string>> = {
  nobody: "No member has this name. It stands on their profile, as @kim.",
  oneself: "That is you.",
  "there-already": "They are in your family, or asked already.",
  lately: "They said no lately. You can ask again some weeks later.",
  "too-many": TOO_MANY,
};

/** POST /family/wards: asks a member whether one may look after them. */
export const askMember: Route<{ Body: z.output<typeof askForm> }> = {
  method: "POST",
  url: "/family/wards",
  schema: { body: askForm },
  config: { requestsPerMinute: MOST_ASKED_A_MINUTE, rateLimit: { groupId: "family-asking" } },
  async handler(request, reply) {
    const userId = memberOf(request);
    const handle = request.body.handle.trim().replace(/^@/, "").toLowerCase();
    const { services, transaction } = request.server;
    const isHandle = /^[a-z0-9_.-]{1,60}$/.test(handle);
    const result = isHandle ? await transaction((tx) => services.family.ask(tx, userId, handle)) : "nobody";
    if (result === "asked") return back(reply, "family-asked");
    return sendFamily(request, reply.code(422), { form: request.body, messages: { handle: REFUSED[result] } });
  },
};

/** POST /family/ties/:id/answer: the one who would be looked after says yes or no. */
export const answerGuardian: Route<Params & { Body: z.output<typeof answerForm> }> = {
  method: "POST",
  url: "/family/ties/:id/answer",
  schema: { params, body: answerForm },
  async handler(request, reply) {
    const userId = memberOf(request);
    const isYes = request.body.answer === "yes";
    const { services, transaction } = request.server;
    const isDone = await transaction((tx) => services.family.answer(tx, userId, request.params.id as GuardianshipId, isYes));
    return back(reply, !isDone ? "family-gone" : isYes ? "family-yes" : "family-no");
  },
};

/** POST /family/ties/:id/end: either end ends it. */
export const endTie: Route<Params> = {
  method: "POST",
  url: "/family/ties/:id/end",
  schema: { params },
  async handler(request, reply) {
    const userId = memberOf(request);
    const { services, transaction } = request.server;
    const isDone = await transaction((tx) => services.family.end(tx, userId, request.params.id as GuardianshipId));
    return back(reply, isDone ? "family-ended" : "family-gone");
  },
};
