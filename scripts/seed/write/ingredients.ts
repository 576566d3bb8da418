import { relationFacts } from "@rose-ash/shared/models/relation-facts.ts";
import { inArray } from "drizzle-orm";
import { INGREDIENT_FACTS } from "../content/ingredients.ts";
import type { SeedContext } from "../context.ts";

const RELATIONS = ["market.made_from", "market.allergen_of", "market.of_animal"];

/** States what is known of ingredients while nothing is: what was taken back since must stay taken. */
export async function writeIngredients({ tx }: SeedContext): Promise<void> {
  if ((await tx.$count(relationFacts, inArray(relationFacts.relation, RELATIONS))) > 0) return;
  const rows = INGREDIENT_FACTS.map(([relation, ...ofIngredient]) => ({
    relation: `market.${relation}`,
    arguments: ofIngredient.filter((value) => value !== undefined),
    assertedBy: "app:market",
    reason: "Known of the ingredient wherever it is used.",
  }));
  await tx.insert(relationFacts).values(rows);
}
