import { and, desc, eq, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { PublishResult, SiteService, SiteText } from "../../contracts/site.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { Db } from "../../infrastructure/db.ts";
import { type SiteTextKind, siteTexts } from "../../models/site.ts";

const { id, kind, version, text, changes, publishedAt } = siteTexts;
const columns = { id, kind, version, changes, publishedAt };

/** Texts of the house, in all their versions. */
export function makeTexts(
  { db }: { db: Db },
  { audit }: { audit: AuditService },
): Pick<SiteService, "findText" | "listVersions" | "publishText"> {
  return {
    findText: (wanted, number) => findText(db, wanted, number),
    async listVersions(wanted) {
      const rows = await db.select(columns).from(siteTexts).where(eq(kind, wanted)).orderBy(desc(version));
      return rows.map((row, at) => ({ ...row, isNewest: at === 0 }));
    },
    async publishText(tx, wanted, typed): Promise<PublishResult> {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`site text ${wanted}`}, 0))`);
      const now = await findText(tx, wanted, null);
      if (now?.text === typed.text) return { kind: "unchanged" };
      if ((now?.version ?? 0) !== typed.after) return { kind: "conflict", now };
      const next = typed.after + 1;
      await tx.insert(siteTexts).values({ kind: wanted, version: next, text: typed.text, changes: typed.changes, publishedBy: typed.by });
      await audit.record(tx, {
        ...{ app: "account", by: typed.by, action: "publish text", subject: `site:${wanted}` },
        ...{ reason: typed.changes || "First version", before: { version: typed.after }, after: { version: next } },
      });
      purgeOnCommit(tx, ["menu"]);
      return { kind: "published", version: next };
    },
  };
}

async function findText(from: Db | Tx, wanted: SiteTextKind, number: number | null): Promise<SiteText | null> {
  const newest = sql<boolean>`${version} = (select max(version) from site_texts as all_of where all_of.kind = ${wanted})`;
  const which = number === null ? newest : eq(version, number);
  const [row] = await from
    .select({ ...columns, text, isNewest: newest })
    .from(siteTexts)
    .where(and(eq(kind, wanted), which));
  return row ?? null;
}
