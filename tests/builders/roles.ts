import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import type { Scope } from "../../shared/contracts/relations.ts";
import type { PageId, UserId } from "../../shared/models/ids.ts";
import { relationFacts } from "../../shared/models/relation-facts.ts";

/** Gives somebody a role in a service or the whole site, as a program does. */
export async function giveRole(db: NodePgDatabase, userId: UserId, role: "admin" | "steward" | "editor", scope: Scope): Promise<void> {
  const row = { relation: "shared.role", arguments: [`user:${userId}`, role, scope], assertedBy: "app:account", reason: "for a test" };
  await db.insert(relationFacts).values(row);
}

/** Appoints somebody to edit a page and what lies below it. */
export async function appoint(db: NodePgDatabase, userId: UserId, pageId: PageId): Promise<void> {
  const row = { relation: "blog.editor", arguments: [`user:${userId}`, `page:${pageId}`], assertedBy: "app:blog", reason: "for a test" };
  await db.insert(relationFacts).values(row);
}
