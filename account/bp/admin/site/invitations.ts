import { adminOf, adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { mailAddressOf } from "@rose-ash/shared/infrastructure/mail/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { VISIBLE_TEXT } from "@rose-ash/shared/infrastructure/visible-text.ts";
import type { GroupId, InvitationId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { type AnyForm, anyForm, type FormError, lineOf, messagesOf } from "../form.ts";
import { pagesOf } from "../paging.ts";
import { tabsOf } from "./tabs.ts";

const PATH = "/admin/site/invitations";
const querystring = z.looseObject({ page: z.coerce.number().int().min(1).max(10_000).catch(1) }); // a notice may stand beside it
const FRESH: AnyForm = { email: "", note: "", group: "", mostUses: "1", days: "14" };

/** GET /admin/site/invitations: who was invited by whom, and the form for another. */
export const listInvitations: Route<{ Querystring: z.output<typeof querystring> }> = {
  method: "GET",
  url: PATH,
  schema: { querystring },
  onRequest: adminOnly("operate"),
  handler: (request, reply) => sendInvitations(request, reply, { page: request.query.page, form: FRESH, errors: [], link: "" }),
};

/** POST /admin/site/invitations: makes a link. It is shown once: only its hash is kept. */
export const invite: Route<{ Body: AnyForm }> = {
  method: "POST",
  url: PATH,
  schema: { body: anyForm },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction, publicUrl } = request.server;
    const form = request.body;
    const read = readInvitation(form);
    const again = (errors: readonly FormError[]) => sendInvitations(request, reply.code(422), { page: 1, form, errors, link: "" });
    if (read.errors.length > 0) return again(read.errors);
    const by = adminOf(request).userId;
    const made = await transaction((tx) => services.joining.invite(tx, { ...read.invitation, by }));
    if (made.kind === "gives-rights")
      return again([{ field: "group", message: "This group gives roles: only who may give roles invites into it." }]);
    if (made.kind === "no-group") return again([{ field: "group", message: "There is no such group any more." }]);
    const link = publicUrl("account", `/join/${made.token}`);
    return sendInvitations(request, reply.code(201), { page: 1, form: FRESH, errors: [], link });
  },
};

const params = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });

/** POST /admin/site/invitations/7/end: the link opens nothing any more. */
export const revokeInvitation: Route<{ Params: z.output<typeof params> }> = {
  method: "POST",
  url: `${PATH}/:id/end`,
  schema: { params },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const by = adminOf(request).userId;
    const isDone = await transaction((tx) => services.joining.revoke(tx, request.params.id as InvitationId, by));
    return reply.redirect(withNotice(PATH, isDone ? "invitation-revoked" : "not-there-now"), 303);
  },
};

function readInvitation(form: AnyForm) {
  const errors: FormError[] = [];
  const typed = lineOf(form, "email");
  const email = typed === "" ? null : mailAddressOf(typed);
  if (typed !== "" && email === null) errors.push({ field: "email", message: "That is no mail address, as ada@example.org." });
  const note = lineOf(form, "note");
  if (note.length > 200 || !VISIBLE_TEXT.test(note)) errors.push({ field: "note", message: "One line, of at most 200 characters." });
  const whole = (name: string, most: number) => {
    const value = /^\d{1,4}$/.test(lineOf(form, name)) ? Number(lineOf(form, name)) : 0;
    if (value < 1 || value > most) errors.push({ field: name, message: `1 to ${most}.` });
    return value;
  };
  const [mostUses, days] = [whole("mostUses", 500), whole("days", 90)];
  if (email !== null && mostUses > 1) errors.push({ field: "mostUses", message: "For one address it is used once." });
  const group = lineOf(form, "group");
  if (!/^([1-9]\d{0,14})?$/.test(group)) errors.push({ field: "group", message: "Choose a group of the list." });
  const groupId = group === "" ? null : (Number(group) as GroupId);
  return { errors, invitation: { email, note, groupId, mostUses, days } };
}

interface Sent {
  readonly page: number;
  readonly form: AnyForm;
  readonly errors: readonly FormError[];
  /** Of the invitation that was just made; "": none was. */
  readonly link: string;
}

async function sendInvitations(request: FastifyRequest, reply: FastifyReply, { page, ...sent }: Sent): Promise<FastifyReply> {
  const { joining, membership } = request.server.services;
  const [listed, groups, tabs] = await Promise.all([
    joining.listInvitations(page),
    membership.listGroups(),
    tabsOf(request, "invitations"),
  ]);
  const options = groups.filter(({ archivedAt }) => archivedAt === null).map(({ id, name }) => ({ value: String(id), label: name }));
  return reply.header("cache-control", "no-store").page("admin/site/invitations.html", {
    ...{ menu: menuOf(request), tabs, invitations: listed.invitations, pages: pagesOf(listed, (number) => `${PATH}?page=${number}`) },
    ...{ groups: [{ value: "", label: "None: the site alone" }, ...options], messages: messagesOf(sent.errors), ...sent },
  });
}
