import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { type NoticeCode, withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
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
    const member = await services.membership.getMember(request.body.handle).catch(noneOf);
    if (member === null) {
      const errors = [{ field: "handle", message: "No member is called so. It is the name behind the @." }];
      return sendGroup(request, reply.code(422), { form: null, errors, differences: [] });
    }
    const entry = { groupId: group.id, userId: member.userId, by: adminOf(request).userId, how: "steward", mayGiveRights: null } as const;
    const done = await transaction((tx) => services.membership.putIn(tx, entry));
    return reply.redirect(withNotice(`/admin/groups/${group.slug}`, NOTICES[done.kind]), 303);
  },
};

/** For a name that nobody has. */
function noneOf(error: unknown): null {
  if (error instanceof CodedError && error.code === "not-found") return null;
  throw error;
}

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
    const back = (notice: NoticeCode) => reply.redirect(withNotice(`/admin/groups/${request.params.slug}`, notice), 303);
    if (isOut) {
      const done = await transaction((tx) => services.membership.takeOut(tx, id, by));
      return back(done.kind === "done" ? "group-taken-out" : "group-gives-rights");
    }
    await transaction((tx) => services.membership.decline(tx, id, by));
    return back("group-not-let-in");
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
    const done = await transaction((tx) => services.membership.setArchived(tx, slug, change));
    return reply.redirect(withNotice(`/admin/groups/${slug}`, done.kind === "done" ? "saved" : "group-gives-rights"), 303);
  },
};
