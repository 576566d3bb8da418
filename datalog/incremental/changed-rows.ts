import { isHelper } from "../ast/names.ts";
import type { Changed, Fact } from "../db/engine.ts";
import type { Relation } from "../store/relation.ts";
import type { Store } from "../store/store.ts";

/** Rows that came or went by relation; those of helper relations are nobody's business. */
export class ChangedRows implements Changed {
  readonly count: number;
  private readonly store: Store;
  private readonly rows: readonly (readonly [Relation, Int32Array])[];

  constructor(store: Store, rows: readonly (readonly [Relation, Int32Array])[]) {
    this.store = store;
    this.rows = rows.filter(([relation]) => !isHelper(relation.key));
    this.count = this.rows.reduce((sum, [, list]) => sum + list.length, 0);
  }

  facts(): Fact[] {
    return this.rows.flatMap(([relation, list]) => Array.from(list, (row) => this.fact(relation, row)));
  }

  private fact(relation: Relation, row: number): Fact {
    const name = relation.key.slice(0, relation.key.lastIndexOf("/"));
    return { name, key: relation.key, values: Array.from(relation.tuple(row), (id) => this.store.constants.value(id)) };
  }
}
