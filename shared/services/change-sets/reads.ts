import { and, asc, count, desc, eq, sql } from "drizzle-orm";
import type { ChangeSetHead, ChangeSetsService, KnownNumbers } from "../../contracts/change-sets.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { Db } from "../../infrastructure/db.ts";
import { CHANGE_LINE_STATES, type ChangeLineState, changeLines, changeSets } from "../../models/change-sets.ts";
import { users } from "../../models/identity.ts";
import type { ChangeSetId, ProductId } from "../../models/ids.ts";

const SETS_ON_A_PAGE = 30;
const LINES_ON_A_PAGE = 100;

type Reads = Pick<ChangeSetsService, "getFile" | "listSets" | "getSet" | "listApplying" | "findNumbers">;

/** What is read of changes of many products. */
export function makeReads(db: Db): Reads {
  return {
    async getFile(id) {
      const [row] = await db
        .select({ title: changeSets.title, file: changeSets.file, state: changeSets.state, details: changeSets.details })
        .from(changeSets)
        .where(eq(changeSets.id, id));
      if (!row || row.file === null || (row.state !== "mapping" && row.state !== "draft")) throw gone(id);
      return { title: row.title, file: row.file, details: row.details };
    },
    async listSets(page) {
      const total = await db.$count(changeSets);
      const pageCount = Math.max(1, Math.ceil(total / SETS_ON_A_PAGE));
      const here = Math.min(page, pageCount);
      const sets = await heads(db)
        .orderBy(desc(changeSets.createdAt), desc(changeSets.id))
        .limit(SETS_ON_A_PAGE)
        .offset((here - 1) * SETS_ON_A_PAGE);
      return { sets: sets.map(headOf), page: here, pageCount };
    },
    async getSet(id, state, page) {
      const [row] = await heads(db).where(eq(changeSets.id, id));
      if (!row) throw gone(id);
      const where = state === null ? eq(changeLines.setId, id) : and(eq(changeLines.setId, id), eq(changeLines.state, state));
      const [total = { n: 0 }] = await db.select({ n: count() }).from(changeLines).where(where);
      const pageCount = Math.max(1, Math.ceil(total.n / LINES_ON_A_PAGE));
      const here = Math.min(page, pageCount);
      const lines = await db
        .select({
          ...{ line: changeLines.line, productId: changeLines.productId, name: changeLines.name, state: changeLines.state },
          ...{ note: changeLines.note, changes: changeLines.shown },
        })
        .from(changeLines)
        .where(where)
        .orderBy(asc(changeLines.line))
        .limit(LINES_ON_A_PAGE)
        .offset((here - 1) * LINES_ON_A_PAGE);
      return { set: headOf(row), lines, page: here, pageCount };
    },
    async listApplying() {
      const rows = await db
        .select({ id: changeSets.id })
        .from(changeSets)
        .where(eq(changeSets.state, "applying"))
        .orderBy(asc(changeSets.id));
      return rows.map(({ id }) => id);
    },
    findNumbers: (asked) => findNumbers(db, asked),
  };
}

function gone(id: ChangeSetId): CodedError {
  return new CodedError("not-found", "There are no such changes, or something was done about them.", { id });
}

function heads(db: Db) {
  return db
    .select({
      ...{ id: changeSets.id, kind: changeSets.kind, state: changeSets.state, title: changeSets.title, reason: changeSets.reason },
      ...{ details: changeSets.details, createdAt: changeSets.createdAt, doneAt: changeSets.doneAt },
      by: sql<string>`coalesce(${users.name}, '')`,
      counts: sql<Record<string, number>>`(select coalesce(jsonb_object_agg(state, n), '{}') from (
        select state, count(*) as n from change_lines where set_id = ${changeSets.id} group by state) as counted)`,
    })
    .from(changeSets)
    .leftJoin(users, eq(users.id, changeSets.userId));
}

function headOf({ counts, ...row }: Omit<ChangeSetHead, "counts"> & { counts: Record<string, number> }): ChangeSetHead {
  const all = CHANGE_LINE_STATES.map((state): [ChangeLineState, number] => [state, counts[state] ?? 0]);
  return { ...row, counts: Object.fromEntries(all) as ChangeSetHead["counts"] };
}

async function findNumbers(db: Db, { slugs, gtins, skus, supplierId }: Parameters<Reads["findNumbers"]>[0]): Promise<KnownNumbers> {
  const { rows } = await db.execute<{ kind: string; number: string; id: string; n: number }>(sql`
    select 'slug' as kind, slug as number, id, 1 as n from products where slug = any(${sql.param([...slugs])}::text[])
    union all select 'gtin', gtin, min(id), count(*)::int from products where gtin = any(${sql.param([...gtins])}::text[]) group by gtin
    union all select 'sku', sku, product_id, 1 from product_sources
      where supplier_id = ${supplierId ?? 0} and sku = any(${sql.param([...skus])}::text[])`);
  const of = (kind: string) =>
    new Map(rows.flatMap((row) => (row.kind === kind && row.n === 1 ? [[row.number, Number(row.id) as ProductId] as const] : [])));
  return { bySlug: of("slug"), byGtin: of("gtin"), bySku: of("sku") };
}
