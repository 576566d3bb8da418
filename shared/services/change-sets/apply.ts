import { isDeepStrictEqual } from "node:util";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { productChangePlan } from "../../contracts/change-sets.ts";
import type { Tx } from "../../contracts/tx.ts";
import { type ChangeLineState, changeLines, changeSets } from "../../models/change-sets.ts";
import type { ChangeSetId, ProductId, UserId } from "../../models/ids.ts";
import { products } from "../../models/market.ts";
import { changeProducts, type Going, type ProductMove } from "./change-products.ts";
import { makeProducts, type Newcomer } from "./make-products.ts";
import { fieldsOfNew, previewOf } from "./preview.ts";
import { type ProductState, readKnowledge, readStates, type ShopKnowledge } from "./states.ts";

const LATE = "Somebody changed it meanwhile.";
const OTHERWISE = "It would come out otherwise by now.";

/** What came of a line. */
interface Outcome {
  state: Extract<ChangeLineState, "applied" | "conflict">;
  note: string;
  productId?: ProductId;
}

/** Makes the next lines of a set, each only if its product stands as it stood and would change as it was shown. */
export async function applySome(tx: Tx, id: ChangeSetId, limit: number): Promise<"more" | "done" | "busy"> {
  const columns = { reason: changeSets.reason, by: changeSets.userId, details: changeSets.details };
  const applying = and(eq(changeSets.id, id), eq(changeSets.state, "applying"));
  const [set] = await tx.select(columns).from(changeSets).where(applying).for("update", { skipLocked: true });
  if (!set) return "busy";
  const lines = await nextLines(tx, id, limit, set.details["withHeld"] === true);
  if (lines.length === 0) {
    await tx.update(changeSets).set({ state: "done", doneAt: sql`now()`, file: null }).where(eq(changeSets.id, id));
    return "done";
  }
  const ids = lines.flatMap(({ productId }) => (productId === null ? [] : [productId]));
  // by id, as everybody who changes several does; from here on they stand as they are read
  await tx.select({ id: products.id }).from(products).where(inArray(products.id, ids)).orderBy(asc(products.id)).for("no key update");
  const [states, known] = [await readStates(tx, ids), await readKnowledge(tx)];
  const outcomes = await applyLines(tx, lines, { going: { reason: set.reason, by: set.by as UserId }, states, known });
  await keepOutcomes(tx, id, outcomes);
  return "more";
}

async function applyLines(
  tx: Tx,
  lines: readonly Line[],
  { going, states, known }: { going: Going; states: ReadonlyMap<ProductId, ProductState>; known: ShopKnowledge },
): Promise<ReadonlyMap<number, Outcome>> {
  const outcomes = new Map<number, Outcome>();
  const moves = new Map<ProductId, ProductMove>();
  const newcomers: Newcomer[] = [];
  for (const line of lines) {
    const read = productChangePlan.safeParse(line.change);
    const state = line.productId === null ? null : (states.get(line.productId) ?? null);
    if (!read.success) outcomes.set(line.line, conflict("An older release wrote this down, and this one can’t read it."));
    else if (read.data.kind === "new")
      newcomers.push({ line: line.line, plan: read.data, name: line.name, fields: fieldsOfNew(read.data, known) });
    else if (state === null) outcomes.set(line.line, conflict("The product is not there any more."));
    // the one before it in this list changes the same product
    else if (moves.has(state.id) || state.revision !== line.revision) outcomes.set(line.line, conflict(LATE));
    else if (!isDeepStrictEqual(plainOf(previewOf(read.data, state, known).changes), line.shown))
      outcomes.set(line.line, conflict(OTHERWISE));
    else {
      moves.set(state.id, { plan: read.data, state });
      outcomes.set(line.line, { state: "applied", note: line.note });
    }
  }
  await changeProducts(tx, [...moves.values()], known, going);
  const made = await makeProducts(tx, newcomers, going);
  for (const { line, plan, name } of newcomers) outcomes.set(line, outcomeOf(made.get(line), plan.slug ?? name));
  return outcomes;
}

function conflict(note: string): Outcome {
  return { state: "conflict", note };
}

function outcomeOf(productId: ProductId | undefined, address: string): Outcome {
  return productId === undefined ? conflict(`Another product is at “${address}” by now.`) : { state: "applied", note: "", productId };
}

async function keepOutcomes(tx: Tx, id: ChangeSetId, outcomes: ReadonlyMap<number, Outcome>): Promise<void> {
  const rows = [...outcomes].map(([line, outcome]) => ({ line, ...outcome }));
  await tx.execute(sql`
    update change_lines set state = came.state, note = came.note, product_id = coalesce(came."productId", change_lines.product_id)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as came (line integer, state text, note text, "productId" bigint)
    where set_id = ${id} and change_lines.line = came.line`);
}

/** The next line could not be written: it is left out. */
export async function leaveOut(tx: Tx, id: ChangeSetId): Promise<void> {
  const [set] = await tx.select({ details: changeSets.details }).from(changeSets).where(eq(changeSets.id, id)).for("update");
  const [next] = await nextLines(tx, id, 1, set?.details["withHeld"] === true);
  if (!next) return;
  const outcome: Outcome = { state: "conflict", note: "It could not be written. The log has the reason." };
  await tx
    .update(changeLines)
    .set(outcome)
    .where(and(eq(changeLines.setId, id), eq(changeLines.line, next.line)));
}

async function nextLines(tx: Tx, id: ChangeSetId, limit: number, withHeld: boolean) {
  const states: readonly ChangeLineState[] = withHeld ? ["new", "changed", "held"] : ["new", "changed"];
  return tx
    .select()
    .from(changeLines)
    .where(and(eq(changeLines.setId, id), inArray(changeLines.state, [...states])))
    .orderBy(asc(changeLines.line))
    .limit(limit);
}

type Line = Awaited<ReturnType<typeof nextLines>>[number];

/** As JSON keeps it. */
function plainOf(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
