import { dlFacts, dlProgram, dlStats, type Proof } from "@rose-ash/datalog";
import type { ProofView, Value } from "../../contracts/relations.ts";
import type { Db } from "../../infrastructure/db.ts";
import { type Fact, type Look, type Relation, type RelationStore, readOrigins } from "../../infrastructure/relations/index.ts";
import { literalReader } from "./literal-words.ts";
import type { Sight } from "./may-see.ts";
import { type Names, namesOf } from "./names.ts";
import { wordsOf } from "./words.ts";

const MOST_STEPS = 200;

/** A step of a proof, with its relation where it is a fact. */
interface Step {
  proof: Proof;
  relation: Relation | null;
  values: readonly Value[];
  premises: readonly Step[];
}

/** A proof in words, cut to the facts that the viewer may see. */
export async function proofView(
  db: Db,
  { store, look, sight }: { store: RelationStore; look: Look; sight: Sight },
  fact: Fact,
): Promise<ProofView | null> {
  const proof = look.explain(fact);
  if (proof === null) return null;
  const budget = { left: MOST_STEPS };
  const top = stepOf(proof, { store, look, budget });
  const steps = [...allSteps(top)];
  const sources = await sourcesOf(db, steps);
  const read = literalReader(store);
  const absent = steps.filter(({ proof }) => proof.because === "absent").flatMap(({ proof }) => read(proof.fact).constants);
  const names = await namesOf(db, [...steps.flatMap(({ values }) => values), ...absent, ...[...sources.values()].map(({ by }) => by)]);
  return viewOf(top, { sight, names, sources, read });
}

/** What another part proves, as what is kept whole does for what is on demand, is a fact here: its own proof goes below it. */
function stepOf(proof: Proof, context: { store: RelationStore; look: Look; budget: { left: number } }): Step {
  const { store, look, budget } = context;
  budget.left--;
  const read = proof.because === "asserted" || proof.because === "rule" ? readFactText(proof.fact) : null;
  const relation = read ? (store.program.relations.get(read[0]) ?? null) : null;
  const isElsewhere = proof.because === "asserted" && relation !== null && relation.ceiling !== null;
  const whole = isElsewhere && read ? (look.explain(read) ?? proof) : proof;
  const premises = budget.left > 0 ? whole.premises.map((premise) => stepOf(premise, context)) : [];
  return { proof: whole, relation, values: read?.slice(1) ?? [], premises };
}

/** The engine gives facts as text; read back by the engine, so that no name in it is taken for syntax. */
function readFactText(text: string): Fact | null {
  const db = dlProgram(`${text}.`);
  const [key] = Object.keys(dlStats(db).relations);
  const [values] = key === undefined ? [] : dlFacts(db, key);
  return key === undefined || values === undefined ? null : [key.slice(0, key.lastIndexOf("/")), ...values];
}

function* allSteps(step: Step): Generator<Step> {
  yield step;
  for (const premise of step.premises) yield* allSteps(premise);
}

/** By a fact's text: who or what states it. */
async function sourcesOf(db: Db, steps: readonly Step[]): Promise<Map<string, { because: "asserted" | "projected"; by: string }>> {
  const leaves = new Map<Relation, Step[]>();
  for (const step of steps) {
    if (step.relation && step.proof.because === "asserted") leaves.set(step.relation, [...(leaves.get(step.relation) ?? []), step]);
  }
  const found = new Map<string, { because: "asserted" | "projected"; by: string }>();
  const origins = await Promise.all(
    [...leaves].map(async ([relation, of]) => ({
      relation,
      ...(await readOrigins(
        db,
        relation,
        of.map(({ values }) => values),
      )),
    })),
  );
  for (const { relation, assertions, projections } of origins) {
    for (const row of projections) found.set(textOf(relation, row.arguments), { because: "projected", by: row.name });
    for (const row of assertions) found.set(textOf(relation, row.arguments), { because: "asserted", by: row.assertedBy });
  }
  return found;
}

function viewOf(
  step: Step,
  context: { sight: Sight; names: Names; sources: Awaited<ReturnType<typeof sourcesOf>>; read: ReturnType<typeof literalReader> },
): ProofView {
  const { sight, names, sources, read } = context;
  const { proof, relation, values } = step;
  const absent = proof.because === "absent" ? read(proof.fact) : null;
  const isHidden = (relation && !sight.fact(relation, values)) || (absent?.relation && !sight.fact(absent.relation, absent.constants));
  if (isHidden) {
    return { words: "something that you may not see", because: "cut", source: "", rule: "", premises: [] };
  }
  const words = relation ? wordsOf(relation, values, names) : read(proof.fact).words(names);
  const source = relation ? sources.get(textOf(relation, values)) : undefined;
  const premises = step.premises.map((premise) => viewOf(premise, context));
  if (proof.because === "asserted")
    return { words, because: source?.because ?? "program", source: source ? names(source.by).name : "", rule: "", premises };
  return { words, because: proof.because === "aggregate" ? "builtin" : proof.because, source: "", rule: proof.rule ?? "", premises };
}

function textOf(relation: Relation, values: readonly Value[]): string {
  return JSON.stringify([relation.name, ...values]);
}
