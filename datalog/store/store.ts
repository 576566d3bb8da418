import type { Constant } from "../ast/ast.ts";
import { isHelper } from "../ast/names.ts";
import { Constants } from "./constants.ts";
import { ASSERTED, DEAD, Relation } from "./relation.ts";

/** The relations of a database by `name/arity`, over one table of constants. */
export class Store {
  readonly constants: Constants;
  private relations = new Map<string, Relation>();
  private readonly below: Store | undefined;

  /** below: a store whose relations are read where this one has none of that key; its constants are shared. */
  constructor(below?: Store) {
    this.below = below;
    this.constants = below?.constants ?? new Constants();
  }

  find(key: string): Relation | undefined {
    return this.relations.get(key) ?? this.below?.find(key);
  }

  /** The relation, an empty one of its own when there is none. */
  get(key: string): Relation {
    const found = this.find(key);
    if (found) return found;
    const relation = new Relation(key, Number(key.slice(key.lastIndexOf("/") + 1)));
    this.relations.set(key, relation);
    return relation;
  }

  all(): Iterable<Relation> {
    return this.relations.values();
  }

  intern(values: readonly Constant[]): Int32Array {
    const tuple = new Int32Array(values.length);
    for (let i = 0; i < values.length; i++) tuple[i] = this.constants.intern(values[i] as Constant);
    return tuple;
  }

  /** The tuple's row and its relation when it is in the model. */
  locate(key: string, values: readonly Constant[]): { relation: Relation; row: number } | undefined {
    const relation = this.find(key);
    if (!relation) return undefined;
    const tuple = Int32Array.from(values, (value) => this.constants.find(value));
    if (tuple.includes(-1)) return undefined;
    const row = relation.rowOf(tuple);
    return row < 0 || relation.mark(row) & DEAD ? undefined : { relation, row };
  }

  has(key: string, values: readonly Constant[]): boolean {
    const relation = this.find(key);
    if (!relation) return false;
    const tuple = Int32Array.from(values, (value) => this.constants.find(value));
    return !tuple.includes(-1) && relation.has(tuple);
  }

  *tuples(key: string): Generator<Constant[]> {
    const relation = this.find(key);
    if (!relation) return;
    const { arity } = relation;
    for (let row = 0; row < relation.size; row++) {
      if (relation.mark(row) & DEAD) continue;
      const values: Constant[] = [];
      for (let i = 0; i < arity; i++) values.push(this.constants.value(relation.rows[row * arity + i] as number));
      yield values;
    }
  }

  /** Rebuilds the relations whose dead rows are more than `least` and than the living; true when there was one. */
  sweep(least: number): boolean {
    const worn = [...this.relations.values()].filter((relation) => relation.dead > least && relation.dead > (least && relation.count));
    for (const relation of worn) this.relations.set(relation.key, relation.swept());
    return worn.length > 0;
  }

  /** Strips what is derived: each relation anew from its asserted rows. Gives what puts the old ones back. */
  strip(): () => void {
    const old = this.relations;
    this.relations = new Map();
    for (const [key, from] of old) {
      if (isHelper(key)) continue;
      const to = this.get(key);
      for (let row = 0; row < from.size; row++) {
        if (!(from.mark(row) & ASSERTED)) continue;
        to.add(from.tuple(row));
        to.setMark(to.size - 1, ASSERTED);
      }
    }
    return () => {
      this.relations = old;
    };
  }
}
