import type { FactLoader } from "../db/engine.ts";
import { grown } from "./cells.ts";
import { ASSERTED, type Relation } from "./relation.ts";
import type { Store } from "./store.ts";

/** Asserts a file's facts in a store whose model is not computed yet, without making values of fields it knows. */
export class RowLoader implements FactLoader {
  private readonly name: string;
  private readonly store: Store;
  private ids: Int32Array = new Int32Array(16);
  private fields = 0;
  /** By arity: the relation and an array for its tuples. */
  private readonly targets: { relation: Relation; tuple: Int32Array }[] = [];

  constructor(name: string, store: Store) {
    this.name = name;
    this.store = store;
  }

  field(bytes: Uint8Array, from: number, to: number): void {
    if (this.fields === this.ids.length) this.ids = grown(this.ids, this.fields + 1);
    this.ids[this.fields++] = this.store.constants.internField(bytes, from, to);
  }

  end(): void {
    const length = this.fields;
    this.targets[length] ??= { relation: this.store.get(`${this.name}/${length}`), tuple: new Int32Array(length) };
    const { relation, tuple } = this.targets[length];
    for (let i = 0; i < length; i++) tuple[i] = this.ids[i] as number;
    this.fields = 0;
    if (relation.add(tuple)) relation.setMark(relation.size - 1, ASSERTED);
  }
}
