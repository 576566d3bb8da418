import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { type NoticeCode, withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { GroupId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { memberOf } from "../member.ts";

const body = z.object({ group: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });

const NOTICES = {
  joined: "group-joined",
  asked: "group-asked",
  already: "group-already",
  closed: "group-closed",
} as const satisfies Record<string, NoticeCode>;

/** POST /membership/groups: into a group, or among those who ask. */
export const joinGroup: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/membership/groups",
  schema: { body },
  async handler(request, reply) {
    const userId = memberOf(request);
    const { services, transaction } = request.server;
    const done = await transaction((tx) => services.membership.join(tx, userId, request.body.group as GroupId));
    return reply.redirect(withNotice("/membership", NOTICES[done.kind]), 303);
  },
};
