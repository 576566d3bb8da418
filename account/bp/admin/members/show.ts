import { adminOf, adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { APPS } from "@rose-ash/shared/models/apps.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { type Asked, asked, askedWords, rightsOf, whyOf } from "../../membership/rights-of.ts";
import { scopeWords } from "../../membership/words.ts";
import { type FormError, messagesOf } from "../form.ts";

export const memberParams = z.object({
  handle: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .max(80),
});
export type MemberParams = z.output<typeof memberParams>;

/** GET /admin/members/ada: groups, dues and roles of a member, and what they may. */
export const showMember: Route<{ Params: MemberParams }> = {
  method: "GET",
  url: "/admin/members/:handle",
  schema: { params: memberParams },
  onRequest: adminOnly("operate"),
  handler: (request, reply) => sendMember(request, reply, []),
};

/** GET /admin/members/ada/why?kind=can&name=edit&scope=blog: why they may, cut to what the steward may see. */
export const showMemberWhy: Route<{ Params: MemberParams; Querystring: Asked }> = {
  method: "GET",
  url: "/admin/members/:handle/why",
  schema: { params: memberParams, querystring: asked },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services } = request.server;
    const member = await services.membership.getMember(request.params.handle);
    const proof = await whyOf(services, { viewer: adminOf(request).userId, userId: member.userId }, request.query);
    return reply.page("admin/members/why.html", { menu: menuOf(request), member, proof, words: askedWords(request.query) });
  },
};

export async function sendMember(
  request: FastifyRequest<{ Params: MemberParams }>,
  reply: FastifyReply,
  errors: readonly FormError[],
): Promise<FastifyReply> {
  const { services } = request.server;
  const { userId: viewer } = adminOf(request);
  const member = await services.membership.getMember(request.params.handle);
  const [memberships, groups, rights, mayGive] = await Promise.all([
    services.membership.listOwn(member.userId),
    services.membership.listGroups(),
    rightsOf(services, member.userId),
    services.relations.may(viewer, "grant-roles", "site"),
  ]);
  const others = groups.filter(
    ({ archivedAt, id }) => archivedAt === null && !memberships.some((one) => one.group.id === id && one.state === "member"),
  );
  return reply.header("cache-control", "no-store").page("admin/members/show.html", {
    ...{ menu: menuOf(request), member, memberships, ...rights, errors, messages: messagesOf(errors) },
    ...{ mayGive: mayGive && viewer !== member.userId, others: others.map(({ slug, name }) => ({ value: slug, label: name })) },
    scopes: ["site", ...APPS].map((scope) => ({ value: scope, label: scopeWords(scope) })),
  });
}
