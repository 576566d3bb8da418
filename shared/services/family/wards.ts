import { type SQL, sql } from "drizzle-orm";
import type { UserId } from "../../models/ids.ts";

/**
 * SQL: the ids of members whom somebody looks after. It says once more, for lists of many tickets, what the relation `guardian` of
 * account says: what families agreed on, and what staff stated (account/relations; family.db.test.ts holds the two together).
 */
export function wardsOf(guardianId: UserId | null): SQL {
  const constant = `user:${guardianId ?? 0}`;
  return sql`(
    select ward_id from guardianships where guardian_id = ${guardianId} and state = 'active' and ward_id is not null
    union select substr(arguments ->> 1, 6)::bigint from relation_facts
      where relation = 'account.guardian' and arguments -> 0 = to_jsonb(${constant}::text) and (expires_at is null or expires_at > now())
        and case when arguments ->> 1 ~ '^user:[1-9][0-9]{0,15}$' then true else false end)`;
}
