import { z } from "zod";
import type { AuditEntryView, AuditFilter } from "../../../contracts/audit.ts";
import { APPS } from "../../../models/apps.ts";
import type { AuditState } from "../../../models/audit.ts";
import type { UserId } from "../../../models/ids.ts";
import type { Route } from "../../http/index.ts";
import { adminOnly } from "../guard.ts";
import { menuOf } from "../menu.ts";

const querystring = z.object({
  app: z.enum(["", ...APPS]).catch(""),
  by: z
    .string()
    .regex(/^\d{0,15}$/)
    .catch(""),
  action: z.string().max(100).catch(""),
  words: z.string().max(200).catch(""),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});
type Query = z.output<typeof querystring>;

/** GET /admin/audit: the log, newest first, of all services; by service, person, action and words. */
export const listAudit: Route<{ Querystring: Query }> = {
  method: "GET",
  url: "/admin/audit",
  schema: { querystring },
  onRequest: adminOnly("read-audit"),
  async handler(request, reply) {
    const { query } = request;
    const found = await request.server.services.audit.listEntries(filterOf(query), query.page);
    const url = (page: number) => `/admin/audit?${new URLSearchParams({ ...query, page: String(page) })}`;
    const anything = (label: string) => ({ value: "", label });
    return reply.page("admin/audit/list.html", {
      menu: menuOf(request),
      query,
      entries: found.entries.map(entryOf),
      isFiltered: [query.app, query.by, query.action, query.words].some(Boolean),
      paging: {
        number: found.page,
        count: found.pageCount,
        previousUrl: found.page > 1 ? url(found.page - 1) : null,
        nextUrl: found.page < found.pageCount ? url(found.page + 1) : null,
      },
      apps: [anything("Every service"), ...APPS.map((app) => ({ value: app, label: app }))],
      people: [anything("Everybody"), ...found.people.map(({ userId, name }) => ({ value: String(userId), label: name }))],
      actions: [anything("Everything"), ...found.actions.map((action) => ({ value: action, label: action }))],
    });
  },
};

function filterOf({ app, by, action, words }: Query): AuditFilter {
  return { app: app || null, by: by === "" ? null : (Number(by) as UserId), action, words: words.trim() };
}

/** before and after beside each other, a row for each value that either has. */
function entryOf({ before, after, ...entry }: AuditEntryView) {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const values = names.map((name) => ({ name, before: cellOf(before, name), after: cellOf(after, name) }));
  return { ...entry, values: values.map((value) => ({ ...value, isChanged: value.before !== value.after })) };
}

function cellOf(state: AuditState, name: string): string {
  const value = state?.[name] ?? null;
  return value === null ? "–" : String(value);
}
