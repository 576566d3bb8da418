import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tombstones } from "../../contracts/erasures.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { Person } from "../../contracts/identity.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import { userEmails, users } from "../../models/identity.ts";
import type { UserId } from "../../models/ids.ts";
import { firstFreeHandle, handleOf } from "./handles.ts";
import { findPersonByEmail } from "./people.ts";

type Handles = Pick<Tombstones, "erasedHandles">;

const MAX_ATTEMPTS = 50;

/** The person of this address, made a member when there is none; either way the address is verified now. */
export async function welcome(
  tx: Tx,
  { email, name, now }: { email: string; name: string; now: Date },
  tombstones: Handles,
): Promise<Person> {
  const address = email.toLowerCase();
  // two first sign-ins of one address at the same moment make one member
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`welcome ${address}`}, 0))`);
  const known = await findPersonByEmail(tx, address);
  if (known) {
    await verify(tx, address, now);
    return { ...known, isEmailVerified: true };
  }
  const { userId, handle } = await addUser(tx, name, tombstones);
  await tx.insert(userEmails).values({ email: address, userId, isPrimary: true, verifiedAt: now });
  const joined = { type: "Create", object: { type: "User", id: userId }, details: { name: "the co-operative" } } as const;
  await emitActivity(tx, { originApp: "federation", actorId: userId, ...joined });
  return { userId, handle, name, email: address, isEmailVerified: true };
}

async function verify(tx: Tx, email: string, now: Date): Promise<void> {
  await tx
    .update(userEmails)
    .set({ verifiedAt: now })
    .where(and(eq(userEmails.email, email), isNull(userEmails.verifiedAt)));
}

/** A handle that another first sign-in takes at the same moment, whatever name it came from, is not an error: the next free one is. */
async function addUser(tx: Tx, name: string, tombstones: Handles): Promise<{ userId: UserId; handle: string }> {
  const wanted = handleOf(name);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const handle = firstFreeHandle(wanted, await listTaken(tx, wanted, tombstones));
    // waits for the other transaction, and inserts nothing when it commits
    const [user] = await tx
      .insert(users)
      .values({ handle, name })
      .onConflictDoNothing({ target: users.handle })
      .returning({ userId: users.id });
    if (user) return { userId: user.userId, handle };
  }
  throw new CodedError("unavailable", "Very many people of that name are joining just now. Please try again in a moment.", { wanted });
}

/** By a member, or by somebody who was erased: as many of the numbered ones as anybody was ever given. */
async function listTaken(tx: Tx, wanted: string, tombstones: Handles): Promise<ReadonlySet<string>> {
  const taken = await tx
    .select({ handle: users.handle })
    .from(users)
    .where(sql`${users.handle} = ${wanted} or ${users.handle} like ${`${wanted}-%`}`);
  const tried = [wanted, ...Array.from({ length: taken.length + MAX_ATTEMPTS }, (_, index) => `${wanted}-${index + 2}`)];
  return new Set([...taken.map((row) => row.handle), ...(await tombstones.erasedHandles(tx, tried))]);
}
