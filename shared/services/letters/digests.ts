import { type SQL, sql } from "drizzle-orm";
import type { LettersService, LetterText } from "../../contracts/letters.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { NewsletterId } from "../../models/ids.ts";

/** From seven in the morning of its day on; a day on which nothing ran is made up for until midnight. here: the site's clock. */
const isDue = (here: SQL) => sql`(
  digest_weekday = extract(isodow from ${here}) and extract(hour from ${here}) >= 7 and (digested_on is null or digested_on < ${here}::date))`;

const clockOf = (now: Date, timeZone: string) => sql`(${now.toISOString()}::timestamptz at time zone ${timeZone})`;

export async function listDueDigests(db: Db, now: Date, timeZone: string): ReturnType<LettersService["listDueDigests"]> {
  const { rows } = await db.execute<{ id: string; name: string; since: Date | null }>(sql`
    select id, name, (digested_on + interval '7 hours') at time zone ${timeZone} as since
    from newsletters where ${isDue(clockOf(now, timeZone))} order by position, id`);
  const week = new Date(now.getTime() - 7 * 24 * 3_600_000);
  return rows.map(({ id, name, since }) => ({
    newsletter: { id: Number(id) as NewsletterId, name },
    since: since === null ? week : new Date(since),
  }));
}

interface Digest {
  newsletterId: NewsletterId;
  now: Date;
  text: LetterText | null;
  timeZone: string;
}

export async function sendDigest(
  tx: Tx,
  { newsletterId, now, text, timeZone }: Digest,
  letters: Pick<LettersService, "draft" | "schedule">,
): Promise<boolean> {
  const here = clockOf(now, timeZone);
  const { rowCount } = await tx.execute(sql`
    update newsletters set digested_on = ${here}::date where id = ${newsletterId} and ${isDue(here)}`);
  if (rowCount !== 1) return false;
  if (text === null) return true;
  const id = await letters.draft(tx, { ...text, newsletterId, postId: null, by: null });
  return letters.schedule(tx, id, { at: null, by: null });
}
