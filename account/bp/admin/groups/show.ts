import { adminOf, adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { APPS } from "@rose-ash/shared/models/apps.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { scopeWords } from "../../membership/words.ts";
import { type AnyForm, anyForm, type Difference, differencesOf, type FormError, messagesOf } from "../form.ts";
import { formOf, readGroup } from "./read-group.ts";

export const groupParams = z.object({
  slug: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .max(60),
});
export type GroupParams = z.output<typeof groupParams>;

/** GET /admin/groups/bakers: what the group is, who asks to get in, and which roles it gives. */
export const showGroup: Route<{ Params: GroupParams }> = {
  method: "GET",
  url: "/admin/groups/:slug",
  schema: { params: groupParams },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    return sendGroup(request, reply, { form: null, errors: [], differences: [] });
  },
};

const CIRCLE = "It would be part of itself.";
const GIVES = "That group gives roles: only who may give roles puts another one into it.";

/** POST /admin/groups/bakers: changes it. Whoever saves second is shown what the first one changed. */
export const saveGroup: Route<{ Params: GroupParams; Body: AnyForm }> = {
  method: "POST",
  url: "/admin/groups/:slug",
  schema: { params: groupParams, body: anyForm },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { slug } = request.params;
    const form = request.body;
    const { details, errors } = readGroup(form);
    if (errors.length > 0) return sendGroup(request, reply.code(422), { form, errors, differences: [] });
    const version = Number(form["version"]) || 0;
    const by = adminOf(request).userId;
    const done = await transaction((tx) => services.membership.saveGroup(tx, { slug, version, by, ...details }));
    if (done.kind === "saved") return reply.redirect(withNotice(`/admin/groups/${slug}`, "saved"), 303);
    if (done.kind !== "conflict") {
      const message = done.kind === "circle" ? CIRCLE : GIVES;
      return sendGroup(request, reply.code(422), { form, errors: [{ field: "partOf", message }], differences: [] });
    }
    const now = formOf(done.now);
    const differences = differencesOf(LABELS.map(([name, label]) => ({ label, now: now[name] ?? "", typed: form[name] ?? "" })));
    return sendGroup(request, reply.code(409), { form: { ...form, version: now["version"] ?? "" }, errors: [], differences });
  },
};

const LABELS = [
  ["name", "Name"],
  ["description", "What it is"],
  ["door", "How one gets in"],
  ["partOf", "Part of (number of the group)"],
  ["duesPeriod", "Dues for each"],
  ["dues", "Amount"],
] as const;

interface Sent {
  /** null: as it stands. */
  readonly form: AnyForm | null;
  readonly errors: readonly FormError[];
  readonly differences: readonly Difference[];
}

export async function sendGroup(
  request: FastifyRequest<{ Params: GroupParams }>,
  reply: FastifyReply,
  { form, errors, differences }: Sent,
): Promise<FastifyReply> {
  const { services, transaction } = request.server;
  const { slug } = request.params;
  const { userId } = adminOf(request);
  const group = await services.membership.getGroup(slug);
  const [groups, asking, roles, mayGive] = await Promise.all([
    services.membership.listGroups(),
    services.membership.listAsking(group.id),
    transaction((tx) => services.relations.listGroupRoles(tx, slug)),
    services.relations.may(userId, "grant-roles", "site"),
  ]);
  const wholes = groups.filter(({ archivedAt, id }) => archivedAt === null && id !== group.id);
  return reply.page("admin/groups/show.html", {
    ...{ menu: menuOf(request), group, asking, mayGive, errors, differences, messages: messagesOf(errors), form: form ?? formOf(group) },
    wholes: [{ value: "", label: "Of nothing" }, ...wholes.map(({ id, name }) => ({ value: String(id), label: name }))],
    roles: roles.map((one) => ({ ...one, place: scopeWords(one.scope), isOwn: one.group === slug })),
    scopes: ["site", ...APPS].map((scope) => ({ value: scope, label: scopeWords(scope) })),
  });
}
