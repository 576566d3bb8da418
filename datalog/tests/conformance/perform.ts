import { answerLines, proofLines, queryLines } from "../../cli/output.ts";
import {
  type ChangeResult,
  DatalogError,
  type Db,
  type DbOptions,
  dlAddFact,
  dlAddRule,
  dlAssert,
  dlConstantText,
  dlExplain,
  dlFacts,
  dlHolds,
  dlModel,
  dlPrintProgram,
  dlProgram,
  dlProvenance,
  dlQuery,
  dlRetract,
  dlSaturate,
  dlStats,
  dlSubscribe,
  dlTransact,
  dlTupleText,
  dlVar,
  dlWhyNot,
  type FactInput,
  type GoalInput,
  type Mistake,
  type Op,
  type Stats,
  type TransactResult,
} from "../../index.ts";
import { tokenize } from "../../lexer/lexer.ts";
import { parseProgram } from "../../parser/parser.ts";

/** What a case has set up so far. */
export interface Scene {
  readonly program: string;
  readonly options: DbOptions;
  db: Db | undefined;
  /** What the listeners of `subscribe` were told since the last `heard`. */
  heard: string[];
  readonly subscriptions: Map<string, () => void>;
}

/** What a step answers, line by line. A mistake is an answer too: its code and place; it must leave the database as it was. */
export function perform(scene: Scene, verb: string, argument: string): string[] {
  const work = VERBS[verb];
  if (!work) throw new RangeError(`There is no step "${verb}".`);
  const before = scene.db && dlStats(scene.db);
  try {
    return work(scene, argument);
  } catch (error) {
    if (!(error instanceof DatalogError)) throw error;
    const after = scene.db && dlStats(scene.db);
    const told = error.mistakes.map((mistake) => mistakeLine(mistake, error.message));
    return before && after && isChanged(before, after) ? [...told, "the database has changed"] : told;
  }
}

/** To compute the model on the way is no change. */
function isChanged(before: Stats, after: Stats): boolean {
  if (after.isSaturated && !before.isSaturated) return false;
  return JSON.stringify(before) !== JSON.stringify(after);
}

/** People are shown the source line of a mistake, and a caret under its column. */
function mistakeLine({ code, at }: Mistake, message: string): string {
  if (!at) return code;
  const shown = message.split("\n");
  const head = shown.findIndex((line) => line.startsWith(`${code}: `) && line.endsWith(` (${at.line}:${at.column})`));
  const hasCaret = head >= 0 && shown[head + 2]?.length === at.column + 2 && shown[head + 2]?.endsWith("^") === true;
  return `${code} ${at.line}:${at.column}${hasCaret ? "" : ", without a caret"}`;
}

const VERBS: Record<string, (scene: Scene, argument: string) => string[]> = {
  tokens: ({ program }) => tokens(program),
  print: ({ program }) => lines(dlPrintProgram(parseProgram(program))),
  load(scene, options) {
    scene.db = dlProgram(scene.program, { ...scene.options, ...(options === "" ? {} : JSON.parse(options)) });
    return [];
  },
  saturate(scene) {
    dlSaturate(database(scene));
    return [];
  },
  model: (scene) => dlModel(database(scene)),
  facts: (scene, relation) => dlFacts(database(scene), relation).map((tuple) => dlTupleText(relation.replace(/\/\d+$/, ""), tuple)),
  holds: (scene, fact) => [dlHolds(database(scene), factInput(fact)) ? "yes" : "no"],
  query(scene, text) {
    const [, goal = text, params = "[]"] = /^(.*) with (\[.*\])$/.exec(text) ?? [];
    return answerLines(dlQuery(database(scene), goalInput(goal), JSON.parse(params)), false);
  },
  answers: (scene) => queryLines(database(scene), false),
  add: (scene, fact) => [dlAddFact(database(scene), factInput(fact)) ? "new" : "known"],
  rule(scene, rule) {
    dlAddRule(database(scene), rule);
    return [];
  },
  assert: (scene, fact) => changed(scene, (db) => single(dlAssert(db, factInput(fact)))),
  retract: (scene, fact) => changed(scene, (db) => single(dlRetract(db, factInput(fact)))),
  transact: (scene, ops) => changed(scene, (db) => dlTransact(db, ops.split("; ").map(operation))),
  subscribe(scene, relation) {
    const tell = (sign: string, tuples: readonly (readonly (string | number)[])[]): string[] =>
      tuples.map((tuple) => `${sign} ${dlTupleText(relation.replace(/\/\d+$/, ""), tuple)}`).sort();
    const stop = dlSubscribe(database(scene), relation, ({ added, removed }) =>
      scene.heard.push(...tell("-", removed), ...tell("+", added)),
    );
    scene.subscriptions.set(relation, stop);
    return [];
  },
  unsubscribe(scene, relation) {
    scene.subscriptions.get(relation)?.();
    return [];
  },
  heard: (scene) => scene.heard.splice(0),
  provenance(scene, fact) {
    const { asserted, derivedBy } = dlProvenance(database(scene), factInput(fact));
    return [...(asserted ? ["asserted"] : []), ...derivedBy.map((rule) => `by ${rule}`)];
  },
  explain(scene, fact) {
    const proof = dlExplain(database(scene), factInput(fact));
    return proof ? proofLines(proof) : ["no"];
  },
  "why-not"(scene, fact) {
    const { holds, rules } = dlWhyNot(database(scene), factInput(fact));
    if (holds) return ["holds"];
    return rules.flatMap(({ rule, holds: held, missing }) => [rule, ...held.map((one) => `  holds ${one}`), `  fails ${missing}`]);
  },
  stats(scene) {
    const { isSaturated, rules, facts, relations } = dlStats(database(scene));
    const sizes = Object.entries(relations).map(([relation, size]) => `${relation} ${size}`);
    return [`${isSaturated ? "saturated" : "not saturated"}, rules ${rules}, facts ${facts}`, ...sizes];
  },
};

function database(scene: Scene): Db {
  scene.db ??= dlProgram(scene.program, scene.options);
  return scene.db;
}

/** The outcomes, then the net change of the model, which the engine must have counted right. */
function changed(scene: Scene, change: (db: Db) => TransactResult): string[] {
  const db = database(scene);
  const before = dlModel(db);
  const { results, added, removed } = change(db);
  const after = dlModel(db);
  const gone = before.filter((fact) => !after.includes(fact));
  const came = after.filter((fact) => !before.includes(fact));
  const outcomes = results.map(({ outcome, holds }) => (outcome === "retracted" && holds ? "retracted, still holds" : outcome));
  const isMiscounted = gone.length !== removed || came.length !== added;
  return [
    ...outcomes,
    ...gone.map((fact) => `- ${fact}`),
    ...came.map((fact) => `+ ${fact}`),
    ...(isMiscounted ? [`counted -${removed} +${added}`] : []),
  ];
}

function single(result: ChangeResult): TransactResult {
  return { results: [result], added: result.added, removed: result.removed };
}

function operation(text: string): Op {
  const [verb, fact] = [text.slice(0, text.indexOf(" ")), factInput(text.slice(text.indexOf(" ") + 1))];
  if (verb === "assert") return { assert: fact };
  if (verb === "retract") return { retract: fact };
  throw new RangeError(`A transaction asserts and retracts; "${verb}" is neither.`);
}

/** Text as it stands; a JSON array is a fact given as a tuple. */
function factInput(text: string): FactInput {
  return text.startsWith("[") ? JSON.parse(text) : text;
}

/** In a goal given as a tuple `{"var": "X"}` is a variable. */
function goalInput(text: string): GoalInput {
  if (!text.startsWith("[")) return text;
  return JSON.parse(text, (_, value) => (typeof value === "object" && value !== null && "var" in value ? dlVar(value.var) : value));
}

function tokens(source: string): string[] {
  const { tokens: found, mistakes } = tokenize(source);
  const text = ({ kind, text, value }: (typeof found)[number]): string =>
    kind === "quoted" ? JSON.stringify(text) : kind === "number" || kind === "param" ? dlConstantText(value) : text;
  const told = found
    .filter(({ kind }) => kind !== "end")
    .map((token) => `${token.at.line}:${token.at.column} ${token.kind} ${text(token)}`);
  return [...told, ...mistakes.map(({ code, at }) => `${code} ${at?.line}:${at?.column}`)];
}

function lines(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}
