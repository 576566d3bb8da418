import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { and, eq, sql } from "drizzle-orm";
import { dlFacts, dlProgram, dlStats } from "../../datalog/index.ts";
import { type Db, openDb } from "../../shared/infrastructure/db.ts";
import { Listener } from "../../shared/infrastructure/listener/index.ts";
import { type Fact, RelationStore, type RelationsDeclaration } from "../../shared/infrastructure/relations/index.ts";
import { relationFacts } from "../../shared/models/relation-facts.ts";
import { sharedRelations } from "../../shared/relations/index.ts";
import { newDatabase } from "../database.ts";

/** Relations of a service that only a test knows: rules as text, declarations as given. */
export function aDeclaration(parts: {
  owner?: RelationsDeclaration["owner"];
  materialised?: { rules: string; relations: NonNullable<RelationsDeclaration["materialised"]>["relations"] };
  onDemand?: { rules: string; relations: NonNullable<RelationsDeclaration["onDemand"]>["relations"] };
}): RelationsDeclaration {
  const folder = mkdtempSync(join(tmpdir(), "rose-ash-relations-"));
  const write = (file: string, rules: string) => {
    writeFileSync(join(folder, file), rules);
    return file;
  };
  const { owner = "blog", materialised, onDemand } = parts;
  return {
    ...{ owner, folder, purges: [] },
    materialised: materialised ? { file: write("whole.dl", materialised.rules), relations: materialised.relations } : null,
    onDemand: onDemand ? { file: write("asked.dl", onDemand.rules), relations: onDemand.relations } : null,
  };
}

/** A service's relations on a database of their own, and people who state facts there whoever may. */
export interface TestRelations {
  db: Db;
  store: RelationStore;
  /** Facts as a program writes them: "member(ann, bakers). part_of(bakers, coop)." */
  state(facts: string): Promise<void>;
  takeBack(facts: string): Promise<void>;
  /** Whether the fact holds for certain now. */
  holds(fact: string): Promise<boolean>;
  /** The last values of a relation's tuples that begin with these, as text. */
  after(relation: string, ...values: string[]): Promise<string[]>;
  close(): Promise<void>;
}

/** Opens them on a new database without rows. */
export async function openTestRelations(declaration: RelationsDeclaration): Promise<TestRelations> {
  const url = await newDatabase();
  const db = openDb(url, 4);
  const listener = new Listener(url);
  const store = new RelationStore(db, listener, [sharedRelations]);
  store.load(declaration);
  const rowOf = ([name, ...values]: Fact) => ({ relation: store.relation(name).fullName, arguments: values, assertedBy: "user:1" });
  return {
    ...{ db, store },
    async state(facts) {
      await db.insert(relationFacts).values(factsIn(facts).map(rowOf));
    },
    async takeBack(facts) {
      for (const { relation, arguments: values } of factsIn(facts).map(rowOf)) {
        const isIt = and(eq(relationFacts.relation, relation), sql`${relationFacts.arguments} = ${JSON.stringify(values)}::jsonb`);
        const gone = await db.delete(relationFacts).where(isIt).returning({ id: relationFacts.id });
        if (gone.length !== 1) throw new Error(`${relation}(${values}) was not stated`);
      }
    },
    holds(fact) {
      const [only] = factsIn(`${fact}.`);
      if (only === undefined) throw new Error(`${fact} is no fact`);
      return store.decide(db, only);
    },
    async after(relation, ...values) {
      const free = store
        .relation(relation)
        .columns.slice(values.length)
        .map(() => null);
      const look = await store.look({ relation, values: [...values, ...free] });
      return look.tuples.map((tuple) => tuple.slice(values.length).join(" "));
    },
    async close() {
      await store.close();
      await Promise.all([listener.close(), db.close()]);
    },
  };
}

/** How long a question takes, in ms: the quickest of some tries, since the machine is not ours alone. */
export async function quickest(ask: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let attempt = 0; attempt < 7; attempt++) {
    const began = performance.now();
    await ask();
    times.push(performance.now() - began);
  }
  return Math.min(...times);
}

function factsIn(text: string): Fact[] {
  const db = dlProgram(text);
  return Object.keys(dlStats(db).relations).flatMap((key) =>
    dlFacts(db, key).map((values): Fact => [key.slice(0, key.lastIndexOf("/")), ...values]),
  );
}
