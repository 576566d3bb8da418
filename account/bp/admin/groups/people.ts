import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { type NoticeCode, withNotice } from "@rose-ash/shared/infrastructure/notices.ts";
import type { MembershipId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { type GroupParams, groupParams, sendGroup } from "./show.ts";

const putIn = z.object({
  handle: z
    .string()
    .trim()
    .max(80)
    .transform((typed) => typed.replace(/^@/, "").toLowerCase()),
});

const NOTICES = {
  "put-in": "group-put-in",
  already: "group-already",
  "gives-rights": "group-gives-rights",
  "about-oneself": "not-about-yourself",
} as const satisfies Record<string, NoticeCode>;

/** POST /admin/groups/bakers/people: a member is put in, whether they asked or not. */
export const putIntoGroup: Route<{ Params: GroupParams; Body: z.output<typeof putIn> }> = {
  method: "POST",
  url: "/admin/groups/:slug/people",
  schema: { params: groupParams, body: putIn },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const group = await services.membership.getGroup(request.params.slug);
    const found = await services.membership.listMembers({ words: request.body.handle, groupId: null, dues: null }, 1);
    const member = found.members.find(({ handle }) => handle === request.body.handle);
    if (member === undefined) {
      const errors = [{ field: "handle", message: "No member is called so. It is the name behind the @." }];
      return sendGroup(request, reply.code(422), { form: null, errors, differences: [] });
    }
    const entry = { groupId: group.id, userId: member.userId, by: adminOf(request).userId, how: "steward", mayGiveRights: null } as const;
    const done = await transaction((tx) => services.membership.putIn(tx, entry));
    return reply.redirect(withNotice(`/admin/groups/${group.slug}`, NOTICES[done.kind]), 303);
  },
};

const ofMembership = groupParams.extend({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
const decision = z.object({ decision: z.enum(["take-out", "decline"]) });

/** POST /admin/groups/bakers/people/7: somebody is taken out, or not let in. */
export const endMembership: Route<{ Params: z.output<typeof ofMembership>; Body: z.output<typeof decision> }> = {
  method: "POST",
  url: "/admin/groups/:slug/people/:id",
  schema: { params: ofMembership, body: decision },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const id = request.params.id as MembershipId;
    const by = adminOf(request).userId;
    const isOut = request.body.decision === "take-out";
    await transaction((tx) => (isOut ? services.membership.takeOut(tx, id, by) : services.membership.decline(tx, id, by)));
    return reply.redirect(withNotice(`/admin/groups/${request.params.slug}`, isOut ? "group-taken-out" : "not-let-in"), 303);
  },
};

const archive = z.object({ change: z.enum(["archive", "restore"]) });

/** POST /admin/groups/bakers/archive: nobody counts as in it any more, or they do again. */
export const archiveGroup: Route<{ Params: GroupParams; Body: z.output<typeof archive> }> = {
  method: "POST",
  url: "/admin/groups/:slug/archive",
  schema: { params: groupParams, body: archive },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { slug } = request.params;
    const change = { isArchived: request.body.change === "archive", by: adminOf(request).userId };
    await transaction((tx) => services.membership.setArchived(tx, slug, change));
    return reply.redirect(withNotice(`/admin/groups/${slug}`, "saved"), 303);
  },
};
