import { sql } from "drizzle-orm";
import type { Agreement, SiteService } from "../../contracts/site.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { UserId } from "../../models/ids.ts";
import { AGREED_TEXTS, type AgreedText, textAgreements } from "../../models/site.ts";

/** Who agreed to which version of the texts that want it. */
export function makeAgreements({ db }: { db: Db }): Pick<SiteService, "listToAgree" | "agree"> {
  return {
    listToAgree: (who) => listToAgree(db, who),
    async agree(tx, { userId, orderId }, agreed) {
      const holds = await listToAgree(tx, null);
      const isAll =
        agreed.length === holds.length && holds.every((one) => agreed.some((own) => own.kind === one.kind && own.version === one.version));
      if (!isAll) return false;
      if (agreed.length === 0) return true;
      await tx
        .insert(textAgreements)
        .values(agreed.map(({ kind, version }) => ({ userId, orderId, kind, version })))
        .onConflictDoNothing();
      return true;
    },
  };
}

/** What holds now; of a member what they have not agreed to yet, in an order or without one. */
async function listToAgree(from: Db | Tx, who: UserId | null): Promise<readonly Agreement[]> {
  const isOpen =
    who === null
      ? sql`true`
      : sql`not exists (select from text_agreements as own where own.user_id = ${who} and own.kind = newest.kind and own.version = newest.version)`;
  const { rows } = await from.execute<{ kind: AgreedText; version: number }>(sql`
    select kind, version from (select kind, max(version) as version from site_texts where kind = any(${sql.param([...AGREED_TEXTS])}::text[]) group by kind) as newest
    where ${isOpen} order by kind desc`);
  return rows;
}
