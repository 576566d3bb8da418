import { isDeepStrictEqual } from "node:util";
import type { ProductChangePlan } from "../../contracts/change-sets.ts";
import { PRODUCT_FIELDS, type ProductField, type ProductFields, type SomeProductFields } from "../../contracts/product-fields.ts";
import { reckonPrice } from "../price-rules/reckon.ts";
import { whatHolds } from "../shelf/said.ts";
import type { ProductState, ShopKnowledge } from "./states.ts";

/** What a line would change, as it is shown and as it is checked again before it is made. */
export interface Preview {
  changes: readonly { field: string; before: unknown; after: unknown }[];
  /** What the supplier says differently, and staff overrule. */
  overruled: readonly ProductField[];
  /** It is another supplier's: their words are kept, and change nothing that holds. */
  isOthers: boolean;
  /** Whether anything is to be written down. */
  isSame: boolean;
}

type ExistingPlan = Exclude<ProductChangePlan, { kind: "new" }>;

/** What a plan makes of a product, with the very rules by which it will be settled; nothing is written. */
export function previewOf(plan: ExistingPlan, state: ProductState, known: ShopKnowledge): Preview {
  const shelves = shelvesAfter(plan, state.shelves);
  const isOthers = plan.kind === "heard" && plan.supplierId !== state.supplierId;
  const supplier = plan.kind === "heard" && !isOthers ? saidAfter(plan, state) : state.supplier;
  const followed = plan.kind === "edit" ? plan.follow : [];
  const kept = Object.fromEntries(Object.entries(state.staff).filter(([field]) => !followed.some((one) => one === field)));
  const staff = plan.kind === "edit" ? { ...kept, ...plan.set } : state.staff;
  const rule = known.ruleFor({ supplierId: state.supplierId, shelves });
  const { fields } = whatHolds(state.fields, { supplier, staff, rule });
  const changes = [...fieldChanges(state.fields, fields), ...placeChanges(state.shelves, shelves, known), ...stockChange(plan, state)];
  const heard = plan.kind === "heard" ? newsOf(plan, state) : [];
  const overruled = (isOthers ? [] : heard).filter(
    (field) => state.staff[field] !== undefined && isDeepStrictEqual(state.fields[field], fields[field]),
  );
  const isUnknown = isOthers && !state.others.has(plan.supplierId);
  const isSame = changes.length === 0 && heard.length === 0 && !isUnknown && !says(plan, state);
  return { changes, overruled, isOthers, isSame };
}

type HeardPlan = Extract<ProductChangePlan, { kind: "heard" }>;

/** What this supplier said before, theirs or another's product. */
const saidBefore = ({ supplierId }: HeardPlan, state: ProductState): SomeProductFields =>
  supplierId === state.supplierId ? state.supplier : (state.others.get(supplierId) ?? {});

/** All that this supplier says of the product after a list. */
export function saidAfter(plan: HeardPlan, state: ProductState): SomeProductFields {
  return { ...saidBefore(plan, state), ...plan.said };
}

function newsOf(plan: HeardPlan, state: ProductState): readonly ProductField[] {
  const [before, after] = [saidBefore(plan, state), saidAfter(plan, state)];
  return PRODUCT_FIELDS.filter((field) => !isDeepStrictEqual(before[field], after[field]));
}

type NewPlan = Extract<ProductChangePlan, { kind: "new" }>;

/** What a new product begins with: what is said of it, and the price that a rule makes of its cost, where one does. */
export function fieldsOfNew({ supplierId, said, addTo }: NewPlan, known: ShopKnowledge): SomeProductFields {
  const rule = known.ruleFor({ supplierId, shelves: addTo });
  const reckoned = rule && reckonPrice(said.costMinor ?? null, said.vatClass ?? "zero", rule);
  return reckoned ? { ...said, priceMinor: reckoned.priceMinor } : said;
}

/** What a new product comes with. */
export function previewOfNew(plan: NewPlan, known: ShopKnowledge): Preview {
  const fields = fieldsOfNew(plan, known);
  const said = PRODUCT_FIELDS.flatMap((field) => (fields[field] === undefined ? [] : [{ field, before: null, after: fields[field] }]));
  const stock = plan.stock === null ? [] : [{ field: "stock", before: null, after: plan.stock }];
  return { changes: [...said, ...placeChanges([], plan.addTo, known), ...stock], overruled: [], isOthers: false, isSame: false };
}

/** The shelves on which it stands then. */
export function shelvesAfter(plan: ExistingPlan, shelves: readonly number[]): readonly number[] {
  if (plan.kind === "settle") return shelves;
  const taken = plan.kind === "edit" ? plan.takeFrom : [];
  const after = new Set([...shelves.filter((id) => !taken.some((one) => one === id)), ...plan.addTo]);
  return [...after].sort((a, b) => a - b);
}

/** Whether staff say, or cease to say, what they did not: also where it changes nothing that holds. */
function says(plan: ExistingPlan, { staff, fields }: ProductState): boolean {
  if (plan.kind !== "edit") return false;
  if (plan.follow.some((field) => staff[field] !== undefined)) return true;
  return Object.entries(plan.set).some(([field, value]) => !isDeepStrictEqual(fields[field as ProductField], value));
}

function fieldChanges(before: ProductFields, after: ProductFields) {
  return PRODUCT_FIELDS.filter((field) => !isDeepStrictEqual(before[field], after[field])).map((field) => ({
    ...{ field, before: before[field], after: after[field] },
  }));
}

function placeChanges(before: readonly number[], after: readonly number[], known: ShopKnowledge) {
  const names = (ids: readonly number[]) => ids.map((id) => known.shelfName(id)).sort();
  return isDeepStrictEqual(names(before), names(after)) ? [] : [{ field: "shelves", before: names(before), after: names(after) }];
}

function stockChange(plan: ExistingPlan, { stock }: ProductState) {
  if (plan.kind === "settle" || plan.stock === null || plan.stock === stock) return [];
  return [{ field: "stock", before: stock, after: plan.stock }];
}
