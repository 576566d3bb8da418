import { type Answer, type Db, dlAnswers, dlConstantText, dlFacts, dlModel, dlStats, dlTupleText, type Proof } from "../index.ts";

/** Lines of `run`: the model, one relation of it, or counts. */
export function runLines(db: Db, relation: string | undefined, isCount: boolean, isJson: boolean): Iterable<string> {
  if (isCount) return countLines(db, relation, isJson);
  if (relation === undefined) return isJson ? [JSON.stringify(dlModel(db))] : dlModel(db);
  const name = relation.replace(/\/[0-9]+$/, "");
  const tuples = dlFacts(db, relation);
  return isJson ? [JSON.stringify(tuples)] : tuples.map((tuple) => dlTupleText(name, tuple));
}

function countLines(db: Db, relation: string | undefined, isJson: boolean): string[] {
  const counts = Object.entries(dlStats(db).relations).filter(
    ([key]) => relation === undefined || key === relation || key.startsWith(`${relation}/`),
  );
  return isJson ? [JSON.stringify(Object.fromEntries(counts))] : counts.map(([key, count]) => `${key} ${count}`);
}

/** Answers as `X = a, Y = 1`; `yes` or `no` where the goal has no variables, `no` where it has no answer. */
export function answerLines(answers: readonly Answer[], isJson: boolean): string[] {
  if (isJson) return [JSON.stringify(answers)];
  if (answers.length === 0) return ["no"];
  return answers.map((answer) => {
    const parts = Object.entries(answer).map(([name, value]) => `${name} = ${dlConstantText(value)}`);
    return parts.length === 0 ? "yes" : parts.join(", ");
  });
}

/** The program's own goals, each with its answers. */
export function queryLines(db: Db, isJson: boolean): string[] {
  if (isJson) return [JSON.stringify(dlAnswers(db))];
  return dlAnswers(db).flatMap(({ goal, answers }) => [`?- ${goal}.`, ...answerLines(answers, false)]);
}

/** A proof as an indented tree, its top first. What was proven above is not proven again: the tree may be shared exponentially. */
export function proofLines(top: Proof): string[] {
  const lines: string[] = [];
  const shown = new Set<Proof>();
  const stack = [{ proof: top, depth: 0 }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { proof, depth } = next;
    const isAbove = shown.has(proof);
    const because = isAbove ? "above" : proof.because === "rule" ? `by ${proof.rule ?? ""}` : proof.because;
    lines.push(`${"  ".repeat(depth)}${proof.fact}   [${because}]`);
    if (isAbove || proof.premises.length === 0) continue;
    shown.add(proof);
    for (const premise of [...proof.premises].reverse()) stack.push({ proof: premise, depth: depth + 1 });
  }
  return lines;
}

/** The same as JSON: `because` is "above" where the fact was proven before, and its premises are left out. */
export function proofJson(top: Proof): string {
  const shown = new Set<unknown>();
  return JSON.stringify(top, (_, value) => {
    if (typeof value !== "object" || value === null || !("premises" in value) || value.premises.length === 0) return value;
    if (shown.has(value)) return { fact: value.fact, because: "above", premises: [] };
    shown.add(value);
    return value;
  });
}
