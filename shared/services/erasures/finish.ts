import { sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import { APPS } from "../../models/apps.ts";
import type { ErasureId } from "../../models/ids.ts";
import { MEDIA_TYPES } from "../../models/media.ts";
import { listUnknown } from "../media/list-unknown.ts";
import { personOf } from "../personal-data/person.ts";
import { sweep } from "./forget-in.ts";
import type { ErasureParts } from "./parts.ts";

const DAY_MS = 24 * 3_600_000;
const SETTLES_MS = 15 * 60_000;

/** Whoever was in the middle of something as it began may have left something: it is looked for once more. */
export async function finish(tx: Tx, { publicUrl }: ErasureParts, id: ErasureId): Promise<void> {
  const { rows } = await tx.execute(sql`
    select from erasures where id = ${id} and state = 'running'
      and (select count(*) from erasure_steps where erasure_id = ${id}) = ${APPS.length} for update`);
  const who = rows.length === 0 ? null : await personOf(tx, publicUrl, id);
  if (who === null) return;
  await sweep(tx, id, who);
  await tx.execute(
    sql`update erasures set state = 'finished', finished_at = now(), addresses = '{}', files = '{}', reason = '' where id = ${id}`,
  );
}

/** Names in the media store that this erasure wanted gone and that nothing knows. */
export async function listFiles(db: Db, id: ErasureId): Promise<readonly string[]> {
  const { rows } = await db.execute<{ file: string }>(sql`select unnest(files) as file from erasures where id = ${id}`);
  const names = rows.flatMap(({ file }) => {
    const [sha256 = "", type = ""] = file.split(" ");
    return Object.hasOwn(MEDIA_TYPES, type) ? [`${sha256}.${MEDIA_TYPES[type as keyof typeof MEDIA_TYPES].extension}`] : []; // as just asked
  });
  return listUnknown(db, names);
}

/**
 * The goodbye is delivered, or had a week for it: what was said goes with the keys that signed it, and the handle with them. A quarter
 * of an hour lies between at least, and everything is looked for once more.
 */
export async function closeFinished(tx: Tx, { publicUrl }: ErasureParts, now: Date): Promise<number> {
  const at = (ms: number) => new Date(now.getTime() - ms).toISOString();
  const { rows } = await tx.execute<{ id: string }>(sql`
    select id from erasures where state = 'finished' and closed_at is null and finished_at < ${at(SETTLES_MS)} order by id limit 20 for update skip locked`);
  let closed = 0;
  for (const row of rows) {
    const id = Number(row.id) as ErasureId;
    const who = await personOf(tx, publicUrl, id);
    if (who === null) continue;
    const { rows: waiting } = await tx.execute(sql`
      select from ap_deliveries d join ap_outgoing o on o.id = d.outgoing_id, erasures e
      where o.actor = ${who.actor} and d.state = 'pending' and e.id = ${id} and e.finished_at > ${at(7 * DAY_MS)} limit 1`);
    if (waiting.length > 0) continue;
    await sweep(tx, id, who);
    await tx.execute(sql`delete from ap_outgoing where actor = ${who.actor}`);
    await tx.execute(sql`delete from service_keys where purpose in (${`member:${who.userId}:rsa`}, ${`member:${who.userId}:ed25519`})`);
    await tx.execute(sql`update erasures set handle = null, closed_at = ${now.toISOString()} where id = ${id}`);
    closed += 1;
  }
  return closed;
}
