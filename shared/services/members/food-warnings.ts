import { sql } from "drizzle-orm";
import type { FoodWarning, MembersService } from "../../contracts/members.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { ProductId } from "../../models/ids.ts";
import type { Allergen } from "../../models/market.ts";
import type { Diet } from "../../models/members.ts";

interface Row extends Record<string, unknown> {
  id: string;
  diets: Diet[];
  avoids: Allergen[];
  isStated: boolean;
  mayContain: string[];
  /** In it, or maybe in it: what is stated, and what its ingredients bring. */
  allergens: string[];
  labels: string[];
}

/**
 * What a member who avoids something should know of products. What the label says and what follows from ingredients stands in
 * shelf_foods, as the rules of the market have it; of a product that leads no list there is what its own row says.
 */
export function makeListFoodWarnings({ db }: ServiceDeps): MembersService["listFoodWarnings"] {
  return async (userId, products) => {
    if (products.length === 0) return new Map();
    const { rows } = await db.execute<Row>(sql`
      select products.id, wishes.diets, wishes.avoids, products.are_allergens_stated as "isStated", products.may_contain as "mayContain",
        products.contains || products.may_contain || coalesce(shelf_foods.allergens, '{}') as allergens,
        products.labels || coalesce(shelf_foods.labels, '{}') as labels
      from member_settings as wishes join products on products.id = any(${sql.param([...products])}::bigint[])
      left join shelf_entries on shelf_entries.product_id = products.id left join shelf_foods on shelf_foods.id = shelf_entries.food_id
      where wishes.user_id = ${userId} and (cardinality(wishes.diets) > 0 or cardinality(wishes.avoids) > 0)`);
    const warned = rows.map((row) => [Number(row.id) as ProductId, warningsOf(row)] as const);
    return new Map(warned.filter(([, warnings]) => warnings.length > 0));
  };
}

function warningsOf({ diets, avoids, isStated, mayContain, allergens, labels }: Row): readonly FoodWarning[] {
  const found = avoids.filter((one) => allergens.includes(one));
  const inIt = found.map((about) => ({ kind: mayContain.includes(about) ? ("may-contain" as const) : ("contains" as const), about }));
  const unstated = avoids.length > 0 && !isStated ? [{ kind: "unstated" as const, about: "" as const }] : [];
  const notSaid = diets.filter((diet) => !labels.includes(diet)).map((about) => ({ kind: "not-said" as const, about }));
  return [...inIt.toSorted(byKind), ...unstated, ...notSaid];
}

const byKind = (one: { kind: string }, other: { kind: string }) => one.kind.localeCompare(other.kind);
