import { eq } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import { idConstant } from "../../infrastructure/relations/index.ts";
import { auditEntries } from "../../models/audit.ts";
import { users } from "../../models/identity.ts";
import type { UserId } from "../../models/ids.ts";
import { relationFacts } from "../../models/relation-facts.ts";
import { stateOf, subjectOf } from "./audited.ts";

/**
 * Makes a member an admin of the site by the hand of whoever runs it: the first one can be made by nobody else. Audited like
 * every grant. Returns a sentence; throws one when nobody is called so or no reason is given.
 */
export async function grantAdmin(tx: Tx, handle: string, reason: string): Promise<string> {
  if (reason.trim().length < 3) throw new Error("say why: whoever reads the log later will want to know");
  const [person] = await tx.select({ id: users.id, name: users.name }).from(users).where(eq(users.handle, handle));
  if (!person) throw new Error(`no member is called "${handle}"`);
  const isNew = await makeAdmin(tx, person.id, reason.trim());
  return `${person.name} is an admin ${isNew ? "now" : "already"}`;
}

/** The same for a member who is known; false where they are one already by the operator's hand. */
export async function makeAdmin(tx: Tx, userId: UserId, reason: string): Promise<boolean> {
  const tuple = { relation: "shared.role", arguments: [idConstant("user", userId), "admin", "site"] };
  const row = { ...tuple, assertedBy: "app:account", reason };
  const made = await tx.insert(relationFacts).values(row).onConflictDoNothing().returning({ id: relationFacts.id });
  if (made.length === 0) return false;
  const done = { app: "account", actor: "app:account", action: "assert", subject: subjectOf(tuple), reason } as const;
  await tx.insert(auditEntries).values({ ...done, after: stateOf({ ...row, expiresAt: null }) });
  return true;
}
