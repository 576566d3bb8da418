import { and, eq, inArray, isNotNull, lt, sql } from "drizzle-orm";
import { type ChangeSetsService, productChangePlan } from "../../contracts/change-sets.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { changeLines, changeSets } from "../../models/change-sets.ts";
import { products } from "../../models/market.ts";
import { applySome, leaveOut } from "./apply.ts";
import { insertSet, writeLines } from "./draft.ts";
import { makeReads } from "./reads.ts";

/** Changes of many products, over PostgreSQL. */
export function makeChangeSetsService({ db }: ServiceDeps): ChangeSetsService {
  return {
    ...makeReads(db),
    applySome,
    leaveOut,
    async draft(tx, set, proposals) {
      const id = await insertSet(tx, set, null);
      await writeLines(tx, id, proposals, set.kind === "list");
      return id;
    },
    keepFile: (tx, set, file) => insertSet(tx, set, file),
    async redraft(tx, id, details, proposals) {
      const untouched = and(eq(changeSets.id, id), inArray(changeSets.state, ["mapping", "draft"]));
      const [set] = await tx.update(changeSets).set({ state: "draft", details }).where(untouched).returning({ kind: changeSets.kind });
      if (!set) return "gone";
      await writeLines(tx, id, proposals, set.kind === "list");
      return "drafted";
    },
    async draftRest(tx, id, by) {
      const [set] = await tx
        .select()
        .from(changeSets)
        .where(and(eq(changeSets.id, id), eq(changeSets.state, "done")));
      if (!set) return null;
      const left = and(eq(changeLines.setId, id), inArray(changeLines.state, ["conflict", "held"]));
      const rows = await tx.select().from(changeLines).where(left).orderBy(changeLines.line);
      const proposals = rows.flatMap(({ line, name, change }) => {
        const plan = productChangePlan.safeParse(change);
        return plan.success ? [{ line, name, plan: plan.data }] : [];
      });
      if (proposals.length === 0) return null;
      const rest = await insertSet(tx, { kind: set.kind, title: set.title, by, details: {} }, null);
      await writeLines(tx, rest, proposals, set.kind === "list");
      return rest;
    },
    async draftByRules(tx, by) {
      const rows = await tx
        .select({ id: products.id, name: products.name })
        .from(products)
        .where(isNotNull(products.costMinor))
        .orderBy(sql`lower(${products.name})`, products.id);
      const plans = rows.map(({ id, name }, at) => ({ line: at + 1, name, plan: { kind: "settle" as const, productId: id } }));
      const id = await insertSet(tx, { kind: "rules", title: "Prices by the rules", by, details: {} }, null);
      await writeLines(tx, id, plans, false);
      await tx.delete(changeLines).where(and(eq(changeLines.setId, id), eq(changeLines.state, "same")));
      if ((await tx.$count(changeLines, eq(changeLines.setId, id))) > 0) return id;
      await tx.delete(changeSets).where(eq(changeSets.id, id));
      return null;
    },
    async start(tx, id, { reason, withHeld, by }) {
      const withChoice = sql`${changeSets.details} || ${JSON.stringify({ withHeld })}::jsonb`;
      const started = await tx
        .update(changeSets)
        .set({ state: "applying", reason, userId: by, details: withChoice })
        .where(and(eq(changeSets.id, id), eq(changeSets.state, "draft")))
        .returning({ id: changeSets.id });
      return started.length > 0 ? "started" : "late";
    },
    async discard(tx, id) {
      const untouched = and(eq(changeSets.id, id), inArray(changeSets.state, ["mapping", "draft"]));
      const gone = await tx.update(changeSets).set({ state: "discarded", file: null }).where(untouched).returning({ id: changeSets.id });
      if (gone.length === 0) return "late";
      await tx.delete(changeLines).where(eq(changeLines.setId, id));
      return "discarded";
    },
    async forgetDrafts(tx, before) {
      const old = and(inArray(changeSets.state, ["mapping", "draft", "discarded"]), lt(changeSets.createdAt, before));
      return (await tx.delete(changeSets).where(old).returning({ id: changeSets.id })).length;
    },
  };
}
