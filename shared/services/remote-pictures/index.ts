import { eq, sql } from "drizzle-orm";
import type { RemotePicturesService } from "../../contracts/remote-pictures.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { remotePictures } from "../../models/remote-pictures.ts";
import { faceOf } from "./face.ts";
import { arePicturesTaken } from "./taken.ts";

/** Copies of pictures of other hosts, in PostgreSQL and the media store. */
export function makeRemotePicturesService({ db }: Pick<ServiceDeps, "db">): RemotePicturesService {
  const isTakenFrom = async (host: string) => {
    const { rows } = await db.execute<{ taken: boolean }>(sql`select ${arePicturesTaken(sql`${host}::text`)} as taken`);
    return rows[0]?.taken ?? false;
  };
  return {
    isTakenFrom,
    async find(url) {
      const [row] = await db
        .select({
          sha256: remotePictures.sha256,
          tryAfter: remotePictures.tryAfter,
          isSeenToday: sql<boolean>`${remotePictures.seenOn} = current_date`,
        })
        .from(remotePictures)
        .where(eq(remotePictures.url, url));
      return row ?? null;
    },
    async keep(tx, { url, ...copy }) {
      const row = { ...copy, reason: "", tryAfter: null, fetchedAt: sql`now()`, seenOn: sql`current_date` };
      await tx
        .insert(remotePictures)
        .values({ url, host: new URL(url).host, ...row })
        .onConflictDoUpdate({ target: remotePictures.url, set: row });
    },
    async refuse(tx, { url, reason, tryAfter }) {
      const row = { reason, tryAfter, sha256: null, width: null, height: null, fetchedAt: sql`now()` };
      await tx
        .insert(remotePictures)
        .values({ url, host: new URL(url).host, ...row })
        .onConflictDoUpdate({ target: remotePictures.url, set: row });
    },
    async noteSeen(tx, url) {
      await tx.update(remotePictures).set({ seenOn: sql`current_date` }).where(eq(remotePictures.url, url));
    },
    async forgetUnseen(tx, before) {
      const { rowCount } = await tx.execute(sql`
        delete from remote_pictures where seen_on < ${before}::date and (try_after is null or try_after < ${before})`);
      return rowCount ?? 0;
    },
    async forgetHost(tx, host) {
      const { rows } = await tx.execute<{ sha256: string | null }>(
        sql`delete from remote_pictures where ${host} = any(hosts_above(host)) returning sha256`,
      );
      return rows.flatMap(({ sha256 }) => (sha256 === null ? [] : [`${sha256}.webp`]));
    },
    async findFace(actor) {
      const { rows } = await db.execute<{ icon: unknown }>(sql`
        select document -> 'icon' as icon from ap_remote_actors as known
        where uri = ${actor} and gone_at is null and ${arePicturesTaken(sql`known.host`)}`);
      return rows[0] === undefined ? null : faceOf(rows[0].icon);
    },
  };
}
