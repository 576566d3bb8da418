import { and, eq, isNull, sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import type { Person } from "../../contracts/identity.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import { userEmails, users } from "../../models/identity.ts";
import type { UserId } from "../../models/ids.ts";
import { firstFreeHandle, handleOf } from "./handles.ts";
import { findPersonByEmail } from "./people.ts";

/** The person of this address, made a member when there is none; either way the address is verified now. */
export async function welcome(tx: Tx, email: string, name: string, now: Date): Promise<Person> {
  const address = email.toLowerCase();
  // two first sign-ins of one address at the same moment make one member
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`welcome ${address}`}, 0))`);
  const known = await findPersonByEmail(tx, address);
  if (known) {
    await verify(tx, address, now);
    return known;
  }
  const { userId, handle } = await addUser(tx, name);
  await tx.insert(userEmails).values({ email: address, userId, isPrimary: true, verifiedAt: now });
  const joined = { type: "Create", object: { type: "User", id: userId }, details: { name: "the co-operative" } } as const;
  await emitActivity(tx, { originApp: "federation", actorId: userId, ...joined });
  return { userId, handle, name, email: address };
}

async function verify(tx: Tx, email: string, now: Date): Promise<void> {
  await tx
    .update(userEmails)
    .set({ verifiedAt: now })
    .where(and(eq(userEmails.email, email), isNull(userEmails.verifiedAt)));
}

async function addUser(tx: Tx, name: string): Promise<{ userId: UserId; handle: string }> {
  const wanted = handleOf(name);
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`handle ${wanted}`}, 0))`);
  const taken = await tx
    .select({ handle: users.handle })
    .from(users)
    .where(sql`${users.handle} = ${wanted} or ${users.handle} like ${`${wanted}-%`}`);
  const handle = firstFreeHandle(wanted, new Set(taken.map((row) => row.handle)));
  const [user] = await tx.insert(users).values({ handle, name }).returning({ userId: users.id });
  if (!user) throw new CodedError("internal", "The new member was not stored.", { handle });
  return { userId: user.userId, handle };
}
