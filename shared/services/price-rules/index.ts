import { asc, eq, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { PriceRuleFields, PriceRulesService } from "../../contracts/price-rules.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { priceRules } from "../../models/price-rules.ts";
import { readRules } from "./read-rules.ts";
import { reckonPrice } from "./reckon.ts";

const EXAMPLE_MINOR = 210;

/** The rules that make prices of costs, over PostgreSQL. */
export function makePriceRulesService({ db }: ServiceDeps, { audit }: { audit: AuditService }): PriceRulesService {
  return {
    async listRules() {
      const rules = await readRules(db);
      return rules.map(({ categoryId, ...rule }) => ({
        ...{ ...rule, categoryId: categoryId as PriceRuleFields["categoryId"] },
        example: reckonPrice(EXAMPLE_MINOR, "zero", rule)?.words ?? "",
      }));
    },
    async saveRule(tx, id, fields, by) {
      const position = sql`(select coalesce(max(position), 0) + 1 from ${priceRules})`;
      const [before] = id === null ? [] : await tx.select().from(priceRules).where(eq(priceRules.id, id)).for("update");
      if (id !== null && !before) return "gone";
      const [saved] =
        id === null
          ? await tx
              .insert(priceRules)
              .values({ ...fields, position })
              .returning({ id: priceRules.id })
          : await tx.update(priceRules).set(fields).where(eq(priceRules.id, id)).returning({ id: priceRules.id });
      await audit.record(tx, {
        ...{ app: "market", by, action: before ? "change price rule" : "make price rule", subject: `price-rule:${saved?.id}`, reason: "" },
        ...{ before: before ? stateOf(before) : null, after: stateOf(fields) },
      });
      return "saved";
    },
    async moveRule(tx, id, isUp, by) {
      const rules = await tx
        .select({ id: priceRules.id })
        .from(priceRules)
        .orderBy(asc(priceRules.position), asc(priceRules.id))
        .for("update");
      const from = rules.findIndex((rule) => rule.id === id);
      const to = from + (isUp ? -1 : 1);
      const [one, other] = [rules[from], rules[to]];
      if (!one || !other) return;
      const order = rules.with(from, other).with(to, one);
      for (const [position, rule] of order.entries()) await tx.update(priceRules).set({ position }).where(eq(priceRules.id, rule.id));
      await audit.record(tx, {
        ...{ app: "market", by, action: "order price rule", subject: `price-rule:${id}`, reason: "" },
        ...{ before: { place: from + 1 }, after: { place: to + 1 } },
      });
    },
    async removeRule(tx, id, by) {
      const [gone] = await tx.delete(priceRules).where(eq(priceRules.id, id)).returning();
      if (!gone) return;
      await audit.record(tx, {
        ...{ app: "market", by, action: "remove price rule", subject: `price-rule:${id}`, reason: "" },
        ...{ before: stateOf(gone), after: null },
      });
    },
  };
}

function stateOf({ categoryId, supplierId, addPermille, minimumAddMinor, rounding }: PriceRuleFields) {
  return { categoryId, supplierId, addPermille, minimumAddMinor, rounding };
}
