import { asc, eq, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { Widget, WidgetsService } from "../../contracts/widgets.ts";
import type { WritingService } from "../../contracts/writing.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { containments, pages } from "../../models/blog.ts";
import { calendars } from "../../models/events.ts";
import { makeChangeWidgets } from "./change-widgets.ts";
import { readWidgets, versionOf, type WidgetRow } from "./read-widgets.ts";

/** Widgets of pages over PostgreSQL. */
export function makeWidgetsService(
  { db, publicUrl }: ServiceDeps,
  { audit, writing }: { audit: AuditService; writing: Pick<WritingService, "mayEdit"> },
): WidgetsService {
  const widgetOf = ({ id, name, slug }: WidgetRow): Widget => ({
    ...{ id, kind: "calendar" as const, name, slug },
    url: publicUrl("events", `/calendars/${slug}`),
  });
  const ofPath = db
    .select({ id: containments.id, calendarId: containments.calendarId, name: calendars.name, slug: calendars.slug })
    .from(containments)
    .innerJoin(pages, eq(pages.id, containments.pageId))
    .innerJoin(calendars, eq(calendars.id, containments.calendarId))
    .where(sql`${pages.path} = ${sql.placeholder("path")} and ${pages.status} = 'published'`)
    .orderBy(asc(containments.position), asc(containments.id))
    .prepare("blog_widgets");
  return {
    listWidgets: async (path) => (await ofPath.execute({ path })).map(widgetOf),
    async getWidgetsFor(editor, pageId) {
      const columns = { id: pages.id, title: pages.title, path: pages.path };
      const [[page], mayEdit] = await Promise.all([
        db.select(columns).from(pages).where(eq(pages.id, pageId)),
        writing.mayEdit(editor, { kind: "page", id: pageId }),
      ]);
      if (!page || !mayEdit) throw new CodedError("not-found", "There is no page here that you may edit.", { pageId });
      const [rows, all] = await Promise.all([
        readWidgets(db, pageId),
        db.select({ calendarId: calendars.id, name: calendars.name }).from(calendars).orderBy(asc(calendars.position), asc(calendars.id)),
      ]);
      const taken = new Set(rows.map(({ calendarId }) => calendarId));
      const choices = all.filter(({ calendarId }) => !taken.has(calendarId));
      return {
        page,
        version: versionOf(rows),
        widgets: rows.map(widgetOf),
        choices: choices.map(({ calendarId, name }) => ({ target: { kind: "calendar", calendarId }, name })),
      };
    },
    changeWidgets: makeChangeWidgets(audit),
  };
}
