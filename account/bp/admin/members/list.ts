import { DUES_STATES } from "@rose-ash/shared/contracts/membership.ts";
import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { GroupId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { pagesOf } from "../paging.ts";

const querystring = z.looseObject({
  q: z.string().max(200).catch("").default(""),
  group: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).nullable().catch(null).default(null),
  dues: z.enum(DUES_STATES).nullable().catch(null).default(null),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});

const DUES_NAMES = { none: "No dues", paid: "Paid", waived: "Not asked", due: "Due", overdue: "Overdue" } as const;

/** GET /admin/members?q=ada&group=3&dues=overdue: all members, by name. */
export const listMembers: Route<{ Querystring: z.output<typeof querystring> }> = {
  method: "GET",
  url: "/admin/members",
  schema: { querystring },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { q, group, dues, page } = request.query;
    const words = q.replaceAll("\u0000", "").trim();
    const { membership } = request.server.services;
    const groupId = group === null ? null : (group as GroupId);
    const [listed, groups] = await Promise.all([membership.listMembers({ words, groupId, dues }, page), membership.listGroups()]);
    const at = (number: number) =>
      `/admin/members?${new URLSearchParams({ q: words, group: group === null ? "" : String(group), dues: dues ?? "", page: String(number) })}`;
    return reply.header("cache-control", "no-store").page("admin/members/list.html", {
      ...{ menu: menuOf(request), members: listed.members, pages: pagesOf(listed, at) },
      ...{ words, group: group === null ? "" : String(group), dues: dues ?? "" },
      groups: [{ value: "", label: "Any group, or none" }, ...groups.map(({ id, name }) => ({ value: String(id), label: name }))],
      duesOptions: [
        { value: "", label: "However they stand" },
        ...DUES_STATES.map((state) => ({ value: state, label: DUES_NAMES[state] })),
      ],
    });
  },
};
