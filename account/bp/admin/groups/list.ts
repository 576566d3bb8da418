import { adminOf, adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type AnyForm, anyForm, type FormError, messagesOf } from "../form.ts";
import { readGroup, slugOf } from "./read-group.ts";

const FRESH: AnyForm = { name: "", description: "", door: "asked", partOf: "", duesPeriod: "", dues: "" };

/** GET /admin/groups: all groups, and the form for another. */
export const listGroups: Route = {
  method: "GET",
  url: "/admin/groups",
  onRequest: adminOnly("operate"),
  handler: (request, reply) => sendGroups(request, reply, FRESH, []),
};

/** POST /admin/groups: a new group. Its name in addresses and rules is made of its name, and stays. */
export const createGroup: Route<{ Body: AnyForm }> = {
  method: "POST",
  url: "/admin/groups",
  schema: { body: anyForm },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { details, errors } = readGroup(request.body);
    const slug = slugOf(details.name);
    const refuse = (message: string) => sendGroups(request, reply.code(422), request.body, [{ field: "name", message }]);
    if (errors.length > 0) return sendGroups(request, reply.code(422), request.body, errors);
    if (slug === "" || slug === "coop") return refuse("Choose another name: rules could not tell it from all members.");
    const by = adminOf(request).userId;
    const done = await transaction((tx) => services.membership.saveGroup(tx, { slug, version: null, by, ...details }));
    if (done.kind === "saved") return reply.redirect(withNotice(`/admin/groups/${slug}`, "saved"), 303);
    return refuse(
      done.kind === "taken" ? "There is a group of that name." : "Rules give a group of that name roles: only who may give roles makes it.",
    );
  },
};

async function sendGroups(
  request: FastifyRequest,
  reply: FastifyReply,
  form: AnyForm,
  errors: readonly FormError[],
): Promise<FastifyReply> {
  const groups = await request.server.services.membership.listGroups();
  const wholes = groups.filter(({ archivedAt }) => archivedAt === null).map(({ id, name }) => ({ value: String(id), label: name }));
  const shown = { form, errors, messages: messagesOf(errors), wholes: [{ value: "", label: "Of nothing" }, ...wholes] };
  return reply.page("admin/groups/list.html", { menu: menuOf(request), groups, ...shown });
}
