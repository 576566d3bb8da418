import type { Fact } from "./program.ts";
import type { SourcedFact } from "./read-facts.ts";

/** One tuple and how many sources state it. */
interface Stated {
  fact: Fact;
  count: number;
}

/** The tuples that came with their first source and those that lost their last. */
export interface SourceChange {
  appeared: readonly Fact[];
  vanished: readonly Fact[];
  /** Takes the change into account; until then nothing has changed. */
  commit(): void;
}

/** Which source states which tuples: one that several state stays until the last of them takes it back. */
export class Sources {
  readonly #stated = new Map<string, Stated>();
  readonly #byRow = new Map<string, readonly Stated[]>();
  /** Assertions that end, by row. */
  readonly #ends = new Map<string, Date>();

  /** How many facts sources state; one that several state counts once. */
  get size(): number {
    return this.#stated.size;
  }

  /** The keys of a source's rows that are known. */
  keysOf(source: string): string[] {
    const begin = `${source}\n`;
    return [...this.#byRow.keys()].filter((row) => row.startsWith(begin)).map((row) => row.slice(begin.length));
  }

  /** Rows of assertions whose time is over. */
  ended(now: Date): string[] {
    return [...this.#ends].filter(([, end]) => end <= now).map(([row]) => row.slice(row.indexOf("\n") + 1));
  }

  /** What it means that these rows, and only they, have changed and now state these facts. */
  change(rows: readonly { source: string; key: string }[], facts: readonly SourcedFact[]): SourceChange {
    const before = new Map(rows.map((row) => [rowOf(row), this.#byRow.get(rowOf(row)) ?? []]));
    const after = new Map<string, SourcedFact[]>();
    for (const fact of facts) after.set(rowOf(fact), [...(after.get(rowOf(fact)) ?? []), fact]);
    const difference = new Map<string, { fact: Fact; by: number }>();
    const add = (fact: Fact, by: number) => {
      const text = JSON.stringify(fact);
      difference.set(text, { fact, by: (difference.get(text)?.by ?? 0) + by });
    };
    for (const stated of before.values()) for (const { fact } of stated) add(fact, -1);
    for (const { fact } of facts) add(fact, 1);
    const countOf = (text: string) => this.#stated.get(text)?.count ?? 0;
    const moved = [...difference].map(([text, { fact, by }]) => ({ text, fact, by, was: countOf(text) }));
    return {
      appeared: moved.filter(({ was, by }) => was === 0 && by > 0).map(({ fact }) => fact),
      vanished: moved.filter(({ was, by }) => was > 0 && was + by === 0).map(({ fact }) => fact),
      commit: () => {
        for (const { text, fact, by } of moved) this.#count(text, fact, by);
        for (const row of new Set([...before.keys(), ...after.keys()])) this.#keep(row, after.get(row) ?? []);
      },
    };
  }

  #count(text: string, fact: Fact, by: number): void {
    const stated = this.#stated.get(text) ?? { fact, count: 0 };
    stated.count += by;
    if (stated.count === 0) this.#stated.delete(text);
    else this.#stated.set(text, stated);
  }

  #keep(row: string, facts: readonly SourcedFact[]): void {
    const stated = facts.flatMap(({ fact }) => this.#stated.get(JSON.stringify(fact)) ?? []);
    if (stated.length > 0) this.#byRow.set(row, stated);
    else this.#byRow.delete(row);
    const ends = facts.flatMap(({ expiresAt }) => expiresAt ?? []);
    if (ends.length > 0) this.#ends.set(row, new Date(Math.min(...ends.map(Number))));
    else this.#ends.delete(row);
  }
}

function rowOf({ source, key }: { source: string; key: string }): string {
  return `${source}\n${key}`;
}
