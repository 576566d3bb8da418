import { DEAD, GONE, NEW, type Relation } from "../store/relation.ts";

/** What a change did to the rows, so that it can be told, and undone as long as it is not finished. */
export class Journal {
  private readonly entries: { relation: Relation; row: number; mark: number; rank: number }[] = [];
  private readonly changed = new Map<Relation, { gone: number[]; came: number[] }>();

  /** Notes a row before it is changed for the first or a further time. */
  note(relation: Relation, row: number, mark = relation.mark(row)): void {
    this.entries.push({ relation, row, mark, rank: relation.rank(row) });
  }

  kill(relation: Relation, row: number): void {
    this.note(relation, row);
    const mark = relation.mark(row);
    relation.setMark(row, mark & NEW ? (mark | DEAD) & ~NEW : mark | DEAD | GONE);
    this.of(relation).gone.push(row);
  }

  /** Makes the tuple part of the model; gives its row when it was not. */
  wake(relation: Relation, tuple: Int32Array): number | undefined {
    let row = relation.rowOf(tuple);
    if (row < 0) {
      row = relation.append(tuple);
      this.note(relation, row, DEAD);
      relation.setMark(row, NEW);
    } else {
      const mark = relation.mark(row);
      if (!(mark & DEAD)) return undefined;
      this.note(relation, row);
      relation.setMark(row, mark & GONE ? mark & ~(DEAD | GONE) : (mark & ~DEAD) | NEW);
    }
    this.of(relation).came.push(row);
    return row;
  }

  /** Rows that left, net. */
  gone(relation: Relation): Int32Array {
    return Int32Array.from(new Set(this.changed.get(relation)?.gone.filter((row) => relation.mark(row) & GONE)));
  }

  /** Rows that came, net. */
  came(relation: Relation): Int32Array {
    return Int32Array.from(new Set(this.changed.get(relation)?.came.filter((row) => relation.mark(row) & NEW)));
  }

  /** What came and went by relation, once the change is finished. */
  readonly touched = new Map<Relation, { gone: Int32Array; came: Int32Array }>();

  /** The change stands: its marks go. */
  finish(): void {
    for (const relation of this.changed.keys()) this.touched.set(relation, { gone: this.gone(relation), came: this.came(relation) });
    for (const { relation, row } of this.entries) relation.setMark(row, relation.mark(row) & ~(NEW | GONE));
  }

  undo(): void {
    for (const { relation, row, mark, rank } of this.entries.reverse()) {
      relation.setMark(row, mark);
      relation.setRank(row, rank);
    }
  }

  private of(relation: Relation): { gone: number[]; came: number[] } {
    const lists = this.changed.get(relation) ?? { gone: [], came: [] };
    this.changed.set(relation, lists);
    return lists;
  }
}
