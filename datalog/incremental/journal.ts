import { DEAD, GONE, NEW, type Relation } from "../store/relation.ts";

/** What a change did to the rows, so that it can be told, and undone as long as it is not finished. */
export class Journal {
  // An entry is a row of these four.
  private readonly relations: Relation[] = [];
  private readonly rows: number[] = [];
  private readonly marks: number[] = [];
  private readonly ranks: number[] = [];
  private readonly changed = new Map<Relation, { gone: number[]; came: number[] }>();

  /** Notes a row before it is changed for the first or a further time. */
  note(relation: Relation, row: number, mark = relation.mark(row)): void {
    this.relations.push(relation);
    this.rows.push(row);
    this.marks.push(mark);
    this.ranks.push(relation.rank(row));
  }

  kill(relation: Relation, row: number): void {
    this.note(relation, row);
    const mark = relation.mark(row);
    relation.setMark(row, mark & NEW ? (mark | DEAD) & ~NEW : mark | DEAD | GONE);
    this.of(relation).gone.push(row);
  }

  /** Makes the tuple part of the model; gives its row when it was not. */
  wake(relation: Relation, tuple: Int32Array): number | undefined {
    const found = relation.rowOf(tuple);
    if (found >= 0) return this.wakeRow(relation, found) ? found : undefined;
    const row = relation.append(tuple);
    this.note(relation, row, DEAD);
    relation.setMark(row, NEW);
    this.of(relation).came.push(row);
    return row;
  }

  /** Makes a row's tuple part of the model again; false: it is. */
  wakeRow(relation: Relation, row: number): boolean {
    const mark = relation.mark(row);
    if (!(mark & DEAD)) return false;
    this.note(relation, row);
    relation.setMark(row, mark & GONE ? mark & ~(DEAD | GONE) : (mark & ~DEAD) | NEW);
    this.of(relation).came.push(row);
    return true;
  }

  /** Rows that left, net. */
  gone(relation: Relation): Int32Array {
    return distinct((this.changed.get(relation)?.gone ?? []).filter((row) => relation.mark(row) & GONE));
  }

  /** Rows that came, net. */
  came(relation: Relation): Int32Array {
    return distinct((this.changed.get(relation)?.came ?? []).filter((row) => relation.mark(row) & NEW));
  }

  /** What came and went by relation, once the change is finished. */
  readonly touched = new Map<Relation, { gone: Int32Array; came: Int32Array }>();

  /** The change stands: its marks go. */
  finish(): void {
    for (const relation of this.changed.keys()) this.touched.set(relation, { gone: this.gone(relation), came: this.came(relation) });
    for (let i = 0; i < this.rows.length; i++) {
      const relation = this.relations[i] as Relation;
      const row = this.rows[i] as number;
      relation.setMark(row, relation.mark(row) & ~(NEW | GONE));
    }
  }

  undo(): void {
    for (let i = this.rows.length - 1; i >= 0; i--) {
      const relation = this.relations[i] as Relation;
      const row = this.rows[i] as number;
      relation.setMark(row, this.marks[i] as number);
      relation.setRank(row, this.ranks[i] as number);
    }
  }

  private of(relation: Relation): { gone: number[]; came: number[] } {
    const lists = this.changed.get(relation) ?? { gone: [], came: [] };
    this.changed.set(relation, lists);
    return lists;
  }
}

/** In the order of rows. A row may have left and come more than once. */
function distinct(rows: readonly number[]): Int32Array {
  const sorted = Int32Array.from(rows).sort();
  return sorted.filter((row, i) => row !== sorted[i - 1]);
}
