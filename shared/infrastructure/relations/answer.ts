import { type Constant, type Db, dlAddFact, dlFacts, dlProgram, dlSaturate } from "@rose-ash/datalog";
import { CodedError } from "../../contracts/errors.ts";
import { type Ask, type AskRules, askRules } from "./asks.ts";
import type { Fact, Program } from "./program.ts";
import { MOST_FETCHED } from "./read-facts.ts";

/** A relation with values in some columns; null: a free one. */
export interface Goal {
  relation: string;
  values: readonly (Constant | null)[];
}

const MOST_ROUNDS = 64;

/** Where facts come from that a goal asks for. */
export type FetchFacts = (asks: readonly Ask[]) => Promise<readonly Fact[]>;

/** Answers goals of one program on demand; keeps the rules it made for each kind of goal. */
export class OnDemand {
  readonly #program: Program;
  readonly #askRules = new Map<string, AskRules>();

  constructor(program: Program) {
    this.#program = program;
  }

  /**
   * A database in which everything about the goal holds that holds at all, saturated: fetches facts, derives what more is
   * wanted, fetches that, until nothing more is. Throws question-too-wide where that is more than can be fetched.
   */
  async databaseFor(goal: Goal, fetch: FetchFacts): Promise<Db> {
    const rules = this.#rulesFor(goal);
    const text = `${this.#program.onDemand.text}${rules.text}`;
    const wanted: Fact = [rules.goal.name, ...goal.values.flatMap((value) => value ?? [])];
    const facts: Fact[] = [wanted];
    const asked = new Set<string>();
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const db = dlProgram(text);
      for (const fact of facts) dlAddFact(db, fact);
      dlSaturate(db);
      const asks = newAsks(db, rules, asked);
      if (asks.length === 0) return db;
      facts.push(...(await fetch(asks)));
      if (facts.length > MOST_FETCHED) break;
    }
    throw new CodedError("question-too-wide", "That asks for more than can be looked up at once. Name one of the things it is about.", {
      ...goal,
    });
  }

  #rulesFor({ relation, values }: Goal): AskRules {
    const pattern = values.map((value) => (value === null ? "f" : "b")).join("");
    const key = `${relation} ${pattern}`;
    const rules = this.#askRules.get(key) ?? askRules(this.#program.onDemandRules, relation, pattern);
    this.#askRules.set(key, rules);
    return rules;
  }
}

function newAsks(db: Db, rules: AskRules, asked: Set<string>): Ask[] {
  return rules.all.flatMap(({ name, relation, pattern }) => {
    const bindings = dlFacts(db, name).filter((binding) => {
      const key = JSON.stringify([name, binding]);
      return !asked.has(key) && asked.add(key);
    });
    return bindings.length > 0 ? [{ relation, pattern, bindings }] : [];
  });
}
