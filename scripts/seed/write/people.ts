import { userEmails, users } from "@rose-ash/shared/models/identity.ts";
import type { UserId } from "@rose-ash/shared/models/ids.ts";
import { inArray } from "drizzle-orm";
import { emailOf, PEOPLE } from "../content/people.ts";
import { daysBefore, type SeedContext } from "../context.ts";
import { type Ids, idOf, idsOf } from "../keyed.ts";

/** Makes the members that are not there, each with an address to sign in with. */
export async function writePeople({ tx, now, pictures }: SeedContext): Promise<{ people: Ids<UserId>; inserted: number }> {
  const columns = { key: users.handle, id: users.id };
  const handles = PEOPLE.map((person) => person.handle);
  const known = idsOf(await tx.select(columns).from(users).where(inArray(users.handle, handles)));
  const missing = PEOPLE.filter((person) => !known.has(person.handle));
  if (missing.length === 0) return { people: known, inserted: 0 };
  const rows = missing.map(({ handle, name, bio, joinedDaysAgo }) => ({
    handle,
    name,
    bio,
    pictureId: idOf(pictures, `person-${handle}`),
    createdAt: daysBefore(now, joinedDaysAgo),
  }));
  const made = await tx.insert(users).values(rows).returning(columns);
  const addresses = made.map(({ key, id }) => ({ email: emailOf(key), userId: id, isPrimary: true, verifiedAt: now }));
  await tx.insert(userEmails).values(addresses).onConflictDoNothing();
  return { people: new Map([...known, ...idsOf(made)]), inserted: made.length };
}
