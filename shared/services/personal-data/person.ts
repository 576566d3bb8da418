import { sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { PublicUrl } from "../../infrastructure/service-deps.ts";
import type { ErasureId, UserId } from "../../models/ids.ts";
import type { Person } from "./holding.ts";

interface Row extends Record<string, unknown> {
  userId: string;
  handle: string;
  emails: string[];
  former: string;
  keepsPosts: boolean;
  keepsComments: boolean;
}

/** Who is being erased, by what the erasure remembers of them. null: it remembers nobody any more. */
export async function personOf(tx: Tx, publicUrl: PublicUrl, id: ErasureId): Promise<Person | null> {
  const { rows } = await tx.execute<Row>(sql`
    select user_id as "userId", handle, addresses as emails, former, keeps_posts as "keepsPosts", keeps_comments as "keepsComments"
    from erasures where id = ${id} and handle is not null`);
  const [row] = rows;
  return row === undefined ? null : whole(publicUrl, row);
}

/** A member as they are now, by number. */
export async function memberOf(db: Db | Tx, publicUrl: PublicUrl, userId: UserId): Promise<Person | null> {
  const { rows } = await db.execute<Row>(sql`
    select id as "userId", handle, array(
      select email from user_emails where user_id = users.id union select email from subscribers where user_id = users.id) as emails,
      'former-member' as former, true as "keepsPosts", true as "keepsComments"
    from users where id = ${userId} and erased_at is null`);
  const [row] = rows;
  return row === undefined ? null : whole(publicUrl, row);
}

function whole(publicUrl: PublicUrl, row: Row): Person {
  const actorOf = (handle: string) => publicUrl("federation", `/ap/members/${handle}`);
  return {
    ...{ userId: Number(row.userId) as UserId, handle: row.handle, emails: row.emails, former: row.former },
    ...{ actor: actorOf(row.handle), formerActor: actorOf(row.former) },
    address: `${row.handle}@${new URL(publicUrl("federation", "")).host}`,
    ...{ keepsPosts: row.keepsPosts, keepsComments: row.keepsComments },
  };
}
