import type { KnownNumbers, Proposal } from "@rose-ash/shared/contracts/change-sets.ts";
import type { CategoryId, ProductId } from "@rose-ash/shared/models/ids.ts";
import type { ListRow } from "./read-row.ts";

/**
 * Whose list it is. ours: what it says, staff say from now on; newFrom: the supplier of what is new, null where nothing new is taken.
 * theirs: it is what the supplier says, and staff's word stands above it.
 */
export type Whose = { kind: "ours"; newFrom: number | null } | { kind: "theirs"; supplierId: number };

/** Shelves by what lists call them: slug or name, in small letters. others: all of them. */
export interface KnownShelves {
  byName: ReadonlyMap<string, CategoryId>;
  all: readonly CategoryId[];
}

type Plan = Proposal["plan"];

/** What each line of a list is to do, or why it can't: each product, number and address once. */
export function proposeRows(
  rows: readonly ListRow[],
  { whose, known, shelves }: { whose: Whose; known: KnownNumbers; shelves: KnownShelves },
): readonly Proposal[] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const name = row.said.name ?? row.slug ?? row.sku;
    const plan = planOf(row, { whose, known, shelves });
    const keys = keysOf(row, plan, whose);
    const earlier = keys.map((key) => seen.get(key)).find((line) => line !== undefined);
    for (const key of keys) if (!seen.has(key)) seen.set(key, row.line);
    return { line: row.line, name: name || row.sku, plan: earlier === undefined ? plan : refused(`The same as line ${earlier}.`) };
  });
}

function planOf(row: ListRow, { whose, known, shelves }: { whose: Whose; known: KnownNumbers; shelves: KnownShelves }): Plan {
  if (row.wrong.length > 0) return refused(row.wrong.join(" "));
  const strange = (row.shelves ?? []).filter((name) => !shelves.byName.has(name.toLowerCase()));
  if (strange.length > 0) return refused(`There is no shelf “${strange[0]}”.`);
  const addTo = (row.shelves ?? []).flatMap((name) => shelves.byName.get(name.toLowerCase()) ?? []);
  const productId = productOf(row, whose, known);
  if (whose.kind === "theirs") {
    if (row.sku === "") return refused("It has no number of the supplier’s.");
    const { supplierId } = whose;
    if (productId !== null) return { kind: "heard", productId, supplierId, sku: row.sku, said: row.said, addTo, stock: row.stock };
    return { kind: "new", supplierId, sku: row.sku, slug: null, said: row.said, addTo, stock: row.stock };
  }
  if (productId !== null) {
    const takeFrom = row.shelves === null ? [] : shelves.all; // what it is put onto stays: a list of ten thousand lines names one list of shelves
    return { kind: "edit", productId, set: row.said, follow: [], addTo, takeFrom, stock: row.stock };
  }
  if (whose.newFrom === null) return refused("No product has this address or number.");
  if (row.slug !== "" && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(row.slug)) return refused("The address is none: small letters, digits, hyphens.");
  return { kind: "new", supplierId: whose.newFrom, sku: null, slug: row.slug || null, said: row.said, addTo, stock: row.stock };
}

function productOf(row: ListRow, whose: Whose, known: KnownNumbers): ProductId | null {
  const byGtin = typeof row.said.gtin === "string" ? known.byGtin.get(row.said.gtin) : undefined;
  if (whose.kind === "theirs") return known.bySku.get(row.sku) ?? byGtin ?? null;
  return (row.slug === "" ? byGtin : known.bySlug.get(row.slug)) ?? null;
}

/** By what a line is the same as another. */
function keysOf({ slug, sku, said }: ListRow, plan: Plan, whose: Whose): readonly string[] {
  return [
    ...("productId" in plan ? [`product ${plan.productId}`] : []),
    ...(slug ? [`slug ${slug}`] : []),
    ...(sku && whose.kind === "theirs" ? [`sku ${sku}`] : []), // two suppliers may have the same
    ...(said.gtin ? [`gtin ${said.gtin}`] : []),
  ];
}

function refused(reason: string): Plan {
  return { kind: "refused", reason };
}
