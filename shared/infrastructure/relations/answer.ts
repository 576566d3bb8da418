import {
  type Constant,
  type Db,
  dlFacts,
  dlPrintProgram,
  dlProgram,
  dlProvenance,
  dlSaturate,
  dlSubscribe,
  dlTransact,
  dlTupleText,
  type Rule,
} from "@rose-ash/datalog";
import { CodedError } from "../../contracts/errors.ts";
import { type Ask, type AskRules, askRules } from "./asks.ts";
import type { Fact, Program } from "./program.ts";
import { MOST_FETCHED } from "./read-facts.ts";

/** A relation with values in some columns; null: a free one. */
export interface Goal {
  relation: string;
  values: readonly (Constant | null)[];
}

/** A program for one kind of goal: what it depends on, and what collects asks. */
interface GoalRules {
  text: string;
  asks: AskRules;
  /** Databases that are empty but for what the program states. */
  idle: AskingDb[];
}

/** A database with such a program, and the asks that came into it since they were last taken. */
interface AskingDb {
  db: Db;
  uses: number;
  asks: Ask[];
}

const MOST_ROUNDS = 64;
const MOST_IDLE = 2;
/** A database remembers every constant that it ever held: it is thrown away in time. */
const MOST_USES = 500;

/** Where facts come from that a goal asks for. */
export type FetchFacts = (asks: readonly Ask[]) => Promise<readonly Fact[]>;

/** Answers goals of one program on demand; keeps the rules it made for each kind of goal. */
export class OnDemand {
  readonly #program: Program;
  readonly #goalRules = new Map<string, GoalRules>();

  constructor(program: Program) {
    this.#program = program;
  }

  /**
   * A database in which everything about the goal holds that holds at all: fetches facts, derives what more is wanted, fetches
   * that, until nothing more is. Throws question-too-wide where that is more than can be fetched.
   */
  async databaseFor(goal: Goal, fetch: FetchFacts): Promise<Db> {
    const rules = this.#rulesFor(goal);
    const asking = openAskingDb(rules);
    await fill(asking, { goal, rules, fetch });
    return asking.db;
  }

  /** The same for one reading: the database is emptied afterwards and serves the next goal of its kind, which spares the planning. */
  async read<T>(goal: Goal, fetch: FetchFacts, reading: (db: Db) => T): Promise<T> {
    const rules = this.#rulesFor(goal);
    const used = rules.idle.pop() ?? openAskingDb(rules);
    const facts = await fill(used, { goal, rules, fetch }); // where it throws, the database is dropped with what is in it
    const result = reading(used.db);
    used.uses++;
    if (used.uses < MOST_USES && rules.idle.length < MOST_IDLE) {
      dlTransact(
        used.db,
        facts.map((retract) => ({ retract })),
      );
      rules.idle.push(used);
    }
    return result;
  }

  #rulesFor({ relation, values }: Goal): GoalRules {
    const pattern = values.map((value) => (value === null ? "f" : "b")).join("");
    const key = `${relation} ${pattern}`;
    const known = this.#goalRules.get(key);
    if (known) return known;
    const rules = relevantRules(this.#program.onDemandRules, relation);
    const asks = askRules(rules, relation, pattern);
    const facts = factsText(this.#program, new Set(rules.flatMap(relationsIn)).add(relation));
    const made = { text: `${facts}${dlPrintProgram({ facts: [], rules, queries: [] })}${asks.text}`, asks, idle: [] };
    this.#goalRules.set(key, made);
    return made;
  }
}

function openAskingDb({ text, asks: { all } }: GoalRules): AskingDb {
  const opened: AskingDb = { db: dlProgram(text), uses: 0, asks: [] };
  dlSaturate(opened.db); // before anybody listens: what a program states asks for nothing
  for (const { name, relation, pattern } of all) {
    dlSubscribe(opened.db, `${name}/${pattern.replaceAll("f", "").length}`, ({ added }) => {
      if (added.length > 0) opened.asks.push({ relation, pattern, bindings: added });
    });
  }
  return opened;
}

/** Fills a database for a goal; returns the facts that it did not hold before. */
async function fill(asking: AskingDb, { goal, rules, fetch }: { goal: Goal; rules: GoalRules; fetch: FetchFacts }): Promise<Fact[]> {
  const added: Fact[] = [];
  const asked = new Set<string>();
  let facts: readonly Fact[] = [[rules.asks.goal.name, ...goal.values.flatMap((value) => value ?? [])]];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    asking.asks = [];
    const { results } = dlTransact(
      asking.db,
      facts.map((assert) => ({ assert })),
    );
    added.push(...facts.filter((_, place) => results[place]?.outcome === "asserted"));
    const asks = asking.asks.flatMap((ask) => notYetAsked(ask, asked));
    if (asks.length === 0) return added;
    facts = await fetch(asks);
    if (added.length + facts.length > MOST_FETCHED) break;
  }
  throw new CodedError("question-too-wide", "That asks for more than can be looked up at once. Name one of the things it is about.", {
    ...goal,
  });
}

/** Below a negation an ask can go and come again: its facts are there. */
function notYetAsked({ relation, pattern, bindings }: Ask, asked: Set<string>): Ask[] {
  const fresh = bindings.filter((binding) => {
    const key = JSON.stringify([relation, pattern, binding]);
    return !asked.has(key) && asked.add(key);
  });
  return fresh.length > 0 ? [{ relation, pattern, bindings: fresh }] : [];
}

/** Rules of the goal's relation and of all that it depends on: the others would only cost time. */
function relevantRules(all: readonly Rule[], relation: string): Rule[] {
  const wanted = new Set([relation]);
  for (const name of wanted) {
    for (const rule of all) if (rule.head.name === name) for (const used of relationsIn(rule)) wanted.add(used);
  }
  return all.filter(({ head }) => wanted.has(head.name));
}

function relationsIn({ head, body }: Rule): string[] {
  return [head.name, ...body.flatMap((literal) => (literal.kind === "atom" ? [literal.atom.name] : []))];
}

/** What the .dl files themselves state of these relations. */
function factsText({ onDemand, relations }: Program, wanted: ReadonlySet<string>): string {
  const db = dlProgram(onDemand.text);
  const lines = [...wanted].flatMap((name) =>
    dlFacts(db, `${name}/${relations.get(name)?.columns.length}`)
      .filter((values) => dlProvenance(db, [name, ...values]).asserted)
      .map((values) => `${dlTupleText(name, values)}.\n`),
  );
  return lines.join("");
}
