import { type SQL, sql } from "drizzle-orm";
import type { DataExport, DataSet, KeptOrder, PersonalDataService } from "../../contracts/personal-data.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { APPS } from "../../models/apps.ts";
import { booksCloseAt } from "../../models/books.ts";
import type { DataExportId, OrderId, UserId } from "../../models/ids.ts";
import { MEDIA_TYPES } from "../../models/media.ts";
import type { Holding } from "./holding.ts";
import { HOLDINGS } from "./index.ts";
import { memberOf } from "./person.ts";
import { readRows } from "./read.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const KEPT = 50;

/** In the order of the services, and of what they declare. */
const shown: readonly { readonly set: DataSet; readonly holding: Holding }[] = APPS.flatMap((app) =>
  HOLDINGS[app].holdings.flatMap((holding) => {
    const { what, shows } = holding;
    if (shows === undefined) return [];
    return [{ holding, set: { app, file: what.replace(/[^a-z]+/g, "-").replace(/^your-/, ""), what, columns: shows } }];
  }),
);
const holdingOf = new Map(shown.map(({ set, holding }) => [set, holding]));

/** What members take along, over PostgreSQL. */
export function makePersonalDataService(deps: ServiceDeps): PersonalDataService {
  const { db, publicUrl, clock } = deps;
  return {
    sets: shown.map(({ set }) => set),
    async readRows(userId, set, offset) {
      const holding = holdingOf.get(set);
      const who = await memberOf(db, publicUrl, userId);
      return holding === undefined || who === null ? [] : readRows(db, who, holding, offset);
    },
    async listFiles(userId) {
      const { rows } = await db.execute<{ sha256: string; type: keyof typeof MEDIA_TYPES; name: string }>(sql`
        select sha256, content_type as type, name from media
        where id in (select media_id from uploads where user_id = ${userId}) or id = (select picture_id from users where id = ${userId}) order by id`);
      return rows.map(({ sha256, type, name }) => ({ store: `${sha256}.${MEDIA_TYPES[type].extension}`, name }));
    },
    listIntentions: (userId) => listIntentions(deps, userId),
    listOrders: (userId, ids) => ordersOf(db, sql`user_id = ${userId} and id = any(${sql.param(ids)}::bigint[])`),
    findOrder: async (userId, reference) => (await ordersOf(db, sql`user_id = ${userId} and reference = ${reference}`))[0] ?? null,
    async listExports(userId) {
      const { rows } = await db.execute<ExportRow>(
        sql`select ${EXPORT} from data_exports where user_id = ${userId} and expires_at > ${clock.now().toISOString()} order by created_at desc, id limit ${KEPT}`,
      );
      return rows.map(exportOf);
    },
    async askExport(tx, userId, expiresAt) {
      const { rows } = await tx.execute<{ id: DataExportId }>(
        sql`insert into data_exports (user_id, created_at, expires_at) values (${userId}, ${clock.now().toISOString()}, ${expiresAt.toISOString()}) returning id`,
      );
      const [row] = rows;
      if (row === undefined) throw new Error("the export was not written down");
      return row.id;
    },
    async takeExport(tx, userId, id) {
      if (!UUID.test(id)) return null;
      const now = clock.now().toISOString();
      const { rows } = await tx.execute<ExportRow>(sql`
        update data_exports set taken_at = ${now} where id = ${id} and user_id = ${userId} and expires_at > ${now} returning ${EXPORT}`);
      return rows[0] === undefined ? null : exportOf(rows[0]);
    },
    async forgetExports(tx, now) {
      const { rowCount } = await tx.execute(sql`delete from data_exports where expires_at < ${now.toISOString()}`);
      return rowCount ?? 0;
    },
  };
}

async function ordersOf(db: ServiceDeps["db"], which: SQL): Promise<readonly KeptOrder[]> {
  const { rows } = await db.execute<{ id: string; reference: string; createdAt: string; keptUntil: string }>(sql`
    select id, reference, created_at as "createdAt", ${sql.raw(booksCloseAt("created_at"))} as "keptUntil" from orders
    where ${which} order by created_at, id`);
  return rows.map(({ id, reference, createdAt, keptUntil }) => ({
    ...{ id: Number(id) as OrderId, reference },
    ...{ createdAt: new Date(createdAt), keptUntil: new Date(keptUntil) },
  }));
}

const EXPORT = sql`id, created_at as "createdAt", expires_at as "expiresAt", taken_at as "takenAt"`;

interface ExportRow extends Record<string, unknown> {
  id: DataExportId;
  createdAt: string;
  expiresAt: string;
  takenAt: string | null;
}

function exportOf({ id, createdAt, expiresAt, takenAt }: ExportRow): DataExport {
  return { id, createdAt: new Date(createdAt), expiresAt: new Date(expiresAt), takenAt: takenAt === null ? null : new Date(takenAt) };
}

/** Of kinds that there are rows of, by one statement. */
async function listIntentions({ db, publicUrl }: ServiceDeps, userId: UserId): ReturnType<PersonalDataService["listIntentions"]> {
  const who = await memberOf(db, publicUrl, userId);
  if (who === null) return [];
  const meant = APPS.flatMap((app) => HOLDINGS[app].holdings.map((holding) => ({ app, holding }))).filter(
    ({ holding: { deed, shows } }) => deed.does !== "leaves" && (shows !== undefined || deed.does === "blanks"),
  );
  const parts = meant.map(
    ({ holding: { table, whose } }, index) =>
      sql`select ${index}::int as at where exists (select from ${sql.identifier(table)} where ${whose(who)})`,
  );
  const { rows } = await db.execute<{ at: number }>(sql.join(parts, sql` union all `));
  return rows.flatMap(({ at }) => {
    const one = meant[at];
    if (one === undefined || one.holding.deed.does === "leaves") return [];
    const { what, deed } = one.holding;
    return [{ app: one.app, what, deed: deed.does, because: deed.does === "deletes" ? "" : deed.because }];
  });
}
