import { sql } from "drizzle-orm";
import type { Affair, Tombstones } from "../../contracts/erasures.ts";
import type { IdentityService } from "../../contracts/identity.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import type { ErasureId, ProviderSessionId, UserId } from "../../models/ids.ts";
import { eraseAll } from "../personal-data/erase.ts";
import type { Person } from "../personal-data/holding.ts";
import { waysIn } from "../personal-data/identity.ts";
import { personOf } from "../personal-data/person.ts";
import type { ErasureParts } from "./parts.ts";
import { keepReceipts } from "./receipts.ts";

interface Parts extends ErasureParts {
  readonly listAffairs: (tx: Tx, userId: UserId) => Promise<readonly Affair[]>;
  readonly identity: Pick<IdentityService, "endSessions" | "findPublicPerson">;
  readonly tombstones: Tombstones;
}

/**
 * Money and goods on their way are waited for; an hour later it is looked at anew. Then, in one transaction: what the parts need is
 * written down, every session ends, nobody can sign in as them, their handle and addresses become hashes, and the six are told.
 */
export async function begin(tx: Tx, parts: Parts, id: ErasureId): Promise<"begun" | "waits" | "gone"> {
  const { rows } = await tx.execute<{ userId: string }>(
    sql`select user_id as "userId" from erasures where id = ${id} and state = 'asked' and due_at <= ${parts.clock.now().toISOString()} for update`,
  );
  if (rows[0] === undefined) return "gone";
  const userId = Number(rows[0].userId) as UserId;
  await tx.execute(sql`select from users where id = ${userId} for update`); // an order that is placed at this moment is seen, or finds nobody
  const inTheWay = (await parts.listAffairs(tx, userId)).filter(({ weight }) => weight !== "told");
  if (inTheWay.length > 0) {
    const kinds = inTheWay.map(({ kind }) => kind).join(" ");
    const again = new Date(parts.clock.now().getTime() + 3_600_000);
    await tx.execute(sql`update erasures set waits_for = ${kinds}, due_at = ${again.toISOString()} where id = ${id}`);
    return "waits";
  }
  await start(tx, parts, id, userId);
  await emitActivity(tx, { originApp: "account", actorId: null, type: "Delete", object: { type: "Erasure", id } });
  return "begun";
}

/** What comes before every part. */
export async function start(
  tx: Tx,
  parts: Pick<Parts, "identity" | "tombstones" | "publicUrl">,
  id: ErasureId,
  userId: UserId,
): Promise<void> {
  await tx.execute(sql`
    update erasures set state = 'running', begun_at = now(), waits_for = '', handle = users.handle, addresses = array(
      select email from user_emails where user_id = users.id order by is_primary desc, created_at)
      || array(select email from subscribers where user_id = users.id and email not in (select email from user_emails))
    from users where erasures.id = ${id} and users.id = ${userId}`);
  const who = await personOf(tx, parts.publicUrl, id);
  if (who === null) throw new Error(`erasure ${id} knows nobody`);
  await tx.execute(sql`
    insert into uploads (media_id, user_id) select picture_id, id from users where id = ${userId} and picture_id is not null on conflict do nothing`); // by which its file is found later
  const sessions = await tx.execute<{ id: string }>(
    sql`select distinct provider_session as id from sessions where user_id = ${userId} order by 1`,
  );
  for (const session of sessions.rows) await parts.identity.endSessions(tx, session.id as ProviderSessionId);
  await keepReceipts(tx, id, "federation", await eraseAll(tx, who, waysIn));
  await layTombstones(tx, parts.tombstones, who, (await parts.identity.findPublicPerson(who.handle)) !== null);
}

async function layTombstones(tx: Tx, tombstones: Tombstones, who: Person, wasShown: boolean): Promise<void> {
  const hashes = sql`${sql.param(who.emails.map(tombstones.addressHash))}::text[]`;
  await tx.execute(sql`
    insert into erased_people (user_id, joined_at, handle_hash, address_hashes, keeps_posts, keeps_comments, was_shown)
    select id, created_at, ${tombstones.handleHash(who.handle)}, ${hashes}, ${who.keepsPosts}, ${who.keepsComments}, ${wasShown}
    from users where id = ${who.userId} on conflict do nothing`);
  await tombstones.lay(tx, who.emails);
}
