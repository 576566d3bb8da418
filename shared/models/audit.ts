import { index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { APPS, type App } from "./apps.ts";
import { createdAt, identity, oneOf } from "./columns.ts";

/**
 * What was done behind the counter: by whom ("user:<id>" or "app:<name>"), to what, why, how it stood before and after.
 * Append-only: a trigger refuses every change. It names people by id.
 */
export const auditEntries = pgTable(
  "audit_entries",
  {
    id: identity(),
    app: text().$type<App>().notNull(),
    actor: text().notNull(),
    action: text().notNull(),
    subject: text().notNull(),
    reason: text().notNull(),
    before: jsonb().$type<AuditState>(),
    after: jsonb().$type<AuditState>(),
    doneAt: createdAt(),
  },
  (table) => [
    oneOf("audit_entries_app", table.app, APPS),
    index("audit_entries_newest").on(table.doneAt.desc().nullsFirst(), table.id.desc().nullsFirst()),
    index("audit_entries_actor").on(table.actor),
    index("audit_entries_subject").on(table.subject),
  ],
);

/** Plain values only; null where there was nothing. */
export type AuditState = Readonly<Record<string, string | number | boolean | null>> | null;
