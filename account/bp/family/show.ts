import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { accountPage } from "../../sections.ts";
import { memberOf } from "../member.ts";

/** GET /family: whom the member looks after, and who looks after the member. */
export const showFamily: Route = {
  method: "GET",
  url: "/family",
  handler: (request, reply) => sendFamily(request, reply, NOTHING_TYPED),
};

/** A form given back: what was typed, and what is wrong with it. */
export interface TypedFamily {
  readonly form: { readonly name?: string; readonly handle?: string };
  readonly messages: { readonly name?: string; readonly handle?: string };
}
const NOTHING_TYPED: TypedFamily = { form: {}, messages: {} };

export async function sendFamily(request: FastifyRequest, reply: FastifyReply, typed: TypedFamily): Promise<FastifyReply> {
  const { wards, guardians } = await request.server.services.family.getFamily(memberOf(request));
  const errors = Object.entries(typed.messages).map(([field, message]) => ({ field, message }));
  return accountPage(reply, "family/show.html", { wards, guardians, ...typed, errors });
}
