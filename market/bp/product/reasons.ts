import type { ProofView } from "@rose-ash/shared/contracts/relations.ts";
import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { ProductId } from "@rose-ash/shared/models/ids.ts";

type Proofs = Awaited<ReturnType<Services["relations"]["listProofs"]>>;

/** By an allergen or a label: why the product has it, in words. */
export type Reasons = ReadonlyMap<string, string>;

export interface AllReasons {
  allergens: Reasons;
  labels: Reasons;
}

/** Names of projections, and what they mean to somebody who shops; others say it in the words of their fact. */
const SAID: Readonly<Record<string, string>> = {
  "allergens on the label": "it says so on the label",
  "labels of products": "it says so on the label",
  "whole recipes": "all ingredients are known",
};
const MOST_STEPS = 6;

/**
 * Which allergens a product has or may have, and what may be said of it, each with the reason that the rules have for it. What
 * stands on the label may follow from the ingredients too: then that is told as well.
 */
export async function reasonsOf(services: Services, product: ProductId): Promise<AllReasons> {
  const id = `product:${product}`;
  const ask = (relation: string, free: number) =>
    services.relations.listProofs(relation, [id, ...Array.from({ length: free }, () => null)]);
  const [allergens, byIngredient, labels, plants] = await Promise.all([
    ask("market.allergen", 1),
    ask("market.holds_by", 2),
    ask("market.label", 1),
    ask("market.from_plants", 0),
  ]);
  return {
    allergens: told([...allergens, ...byIngredient], ({ values }) => String(values[1])),
    labels: told([...labels, ...(labels.some(({ values }) => values[1] === "vegan") ? plants : [])], ({ values }) =>
      String(values[1] ?? "vegan"),
    ),
  };
}

/** By what they are about: what the proofs rest on, each thing once. */
function told(proofs: Proofs, aboutOf: (one: Proofs[number]) => string): Reasons {
  const leaves = Map.groupBy(proofs, aboutOf);
  return new Map([...leaves].map(([about, all]) => [about, sentenceOf(all.flatMap(({ proof }) => leavesOf(proof)))]));
}

/** What people and tables say, each once. */
function sentenceOf(leaves: readonly string[]): string {
  const words = [...new Set(leaves)].slice(0, MOST_STEPS).join("; ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function leavesOf({ words, because, source, premises }: ProofView): string[] {
  if (because === "absent") return words.includes("from an animal") ? ["nothing in it comes from an animal"] : [];
  if (because === "rule" || premises.length > 0) return premises.flatMap(leavesOf);
  if (because === "projected") return [SAID[source] ?? plain(words)];
  if (because === "asserted" && !/^the \w+ service$/.test(source)) return [`${plain(words)}, says ${source}`];
  return because === "cut" || because === "builtin" ? [] : [plain(words)];
}

/** Keys of ingredients as words. */
function plain(words: string): string {
  return words.replaceAll("_", " ");
}
