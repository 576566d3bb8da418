import { isDeepStrictEqual } from "node:util";
import { eq } from "drizzle-orm";
import type { NewChangeSet, Proposal } from "../../contracts/change-sets.ts";
import { PRODUCT_FIELDS, type SomeProductFields } from "../../contracts/product-fields.ts";
import { NEEDED_FIELDS } from "../../contracts/shelf.ts";
import type { Tx } from "../../contracts/tx.ts";
import { changeLines, changeSets } from "../../models/change-sets.ts";
import type { ChangeSetId } from "../../models/ids.ts";
import { reasonToHold } from "./hold.ts";
import { fieldsOfNew, type Preview, previewOf, previewOfNew } from "./preview.ts";
import { type ProductState, readKnowledge, readStates, type ShopKnowledge } from "./states.ts";

const AT_ONCE = 500;

type EditPlan = Extract<Proposal["plan"], { kind: "edit" }>;
type OtherPlan = Exclude<Proposal["plan"], { kind: "refused" | "new" | "edit" }>;
type Row = typeof changeLines.$inferInsert;

/** Makes a set. file: the text of a list whose columns are still to be named. */
export async function insertSet(tx: Tx, set: NewChangeSet, file: string | null): Promise<ChangeSetId> {
  const { kind, title, by, details } = set;
  const [made] = await tx
    .insert(changeSets)
    .values({ kind, title, userId: by, details, file, state: file === null ? "draft" : "mapping" })
    .returning({ id: changeSets.id });
  if (!made) throw new Error("the set was not made");
  return made.id;
}

/** Writes down what each proposal would change, instead of what was written down before. isList: odd ones are held. */
export async function writeLines(tx: Tx, setId: ChangeSetId, proposals: readonly Proposal[], isList: boolean): Promise<void> {
  await tx.delete(changeLines).where(eq(changeLines.setId, setId));
  const known = await readKnowledge(tx);
  for (let from = 0; from < proposals.length; from += AT_ONCE) {
    const some = proposals.slice(from, from + AT_ONCE);
    const ids = some.flatMap(({ plan }) => ("productId" in plan ? [plan.productId] : []));
    const states = await readStates(tx, ids);
    const stateOf = ({ plan }: Proposal) => ("productId" in plan ? (states.get(plan.productId) ?? null) : null);
    await tx.insert(changeLines).values(some.map((proposal) => rowOf(setId, proposal, { state: stateOf(proposal), known, isList })));
  }
}

function rowOf(
  setId: ChangeSetId,
  { line, name, plan }: Proposal,
  { state, known, isList }: { state: ProductState | null; known: ShopKnowledge; isList: boolean },
): Row {
  const refused = (note: string): Row => ({ setId, line, name: state?.name ?? name, productId: state?.id ?? null, state: "refused", note });
  if (plan.kind === "refused") return refused(plan.reason);
  if (plan.kind === "new") {
    const trouble = troubleOf(fieldsOfNew(plan, known));
    if (trouble !== null) return refused(trouble);
    return shown({ setId, line, name, change: plan }, previewOfNew(plan, known), { plan, isList });
  }
  if (state === null) return refused("The product is not there any more.");
  const slim = plan.kind === "edit" ? slimmed(plan, state) : ofOwn(plan, state);
  const row = { setId, line, name: state.name, productId: state.id, revision: state.revision, change: slim };
  return shown(row, previewOf(slim, state, known), { plan: slim, isList });
}

/** Without what holds already: staff say nothing of their own where a list only repeats what is there. */
function slimmed(plan: EditPlan, { fields, shelves }: ProductState): EditPlan {
  const differing = PRODUCT_FIELDS.filter((field) => plan.set[field] !== undefined && !isDeepStrictEqual(plan.set[field], fields[field]));
  return {
    ...plan,
    set: Object.fromEntries(differing.map((field) => [field, plan.set[field]])),
    addTo: plan.addTo.filter((id) => !shelves.includes(id)),
    takeFrom: plan.takeFrom.filter((id) => shelves.includes(id) && !plan.addTo.includes(id)),
  };
}

/** What another supplier says moves neither the stock nor the product to other shelves. */
function ofOwn(plan: OtherPlan, { supplierId }: ProductState): OtherPlan {
  return plan.kind === "heard" && plan.supplierId !== supplierId ? { ...plan, addTo: [], stock: null } : plan;
}

function shown(
  row: Omit<Row, "state">,
  preview: Preview,
  { plan, isList }: { plan: Exclude<Proposal["plan"], { kind: "refused" }>; isList: boolean },
): Row {
  if (preview.isSame) return { ...row, shown: [], state: "same" };
  const held = isList ? reasonToHold(plan, preview) : null;
  const note = preview.overruled.length > 0 ? `overruled ${preview.overruled.join(" ")}` : preview.isOthers ? "others" : "";
  return { ...row, shown: preview.changes, state: held ? "held" : plan.kind === "new" ? "new" : "changed", note: held ?? note };
}

/** Why a product can't be made of this; null: it can. */
function troubleOf(said: SomeProductFields): string | null {
  const missing = NEEDED_FIELDS.filter((field) => said[field] === undefined);
  if (missing.length > 0) return `missing ${missing.join(" ")}`;
  const { membersPriceMinor: members, priceMinor: price } = said;
  return typeof members === "number" && price !== undefined && members >= price ? "The price for members is not below the price." : null;
}
