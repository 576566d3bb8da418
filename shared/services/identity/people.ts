import { and, asc, eq, sql } from "drizzle-orm";
import type { Person } from "../../contracts/identity.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import { userEmails, users } from "../../models/identity.ts";
import type { UserId } from "../../models/ids.ts";

const isEmailVerified = sql<boolean>`${userEmails.verifiedAt} is not null`;
const person = { userId: users.id, handle: users.handle, name: users.name, email: userEmails.email, isEmailVerified };
const isPrimary = and(eq(userEmails.userId, users.id), eq(userEmails.isPrimary, true));

/** The person of an id, with their primary address; null if there is none. */
export async function findPerson(db: Db, userId: UserId): Promise<Person | null> {
  const [found] = await db.select(person).from(users).leftJoin(userEmails, isPrimary).where(eq(users.id, userId));
  return found ?? null;
}

/** The person who can sign in with this address, in any case of letters; email is that address. */
export async function findPersonByEmail(db: Db | Tx, email: string): Promise<Person | null> {
  const [found] = await db
    .select(person)
    .from(userEmails)
    .innerJoin(users, eq(users.id, userEmails.userId))
    .where(eq(userEmails.email, email.toLowerCase()));
  return found ?? null;
}

/** Everybody, by name. */
export function listPeople(db: Db): Promise<readonly Person[]> {
  return db.select(person).from(users).leftJoin(userEmails, isPrimary).orderBy(asc(users.name), asc(users.id));
}
