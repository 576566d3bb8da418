import { QUEUED, type Relation } from "../store/relation.ts";

/** Rows waiting to be looked at, lowest rank first, each once. */
export class RankHeap {
  private readonly ranks: number[] = [];
  private readonly relations: Relation[] = [];
  private readonly rows: number[] = [];

  push(relation: Relation, row: number): void {
    const mark = relation.mark(row);
    if (mark & QUEUED) return;
    relation.setMark(row, mark | QUEUED);
    const rank = relation.rank(row);
    let i = this.ranks.length;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if ((this.ranks[parent] as number) <= rank) break;
      this.move(parent, i);
      i = parent;
    }
    this.put(i, rank, relation, row);
  }

  pop(): { relation: Relation; row: number } | undefined {
    const [relation] = this.relations;
    const row = this.rows[0] as number;
    const lastRank = this.ranks.pop();
    const last = this.relations.pop();
    const lastRow = this.rows.pop() as number;
    if (!relation || !last || lastRank === undefined) return undefined;
    relation.setMark(row, relation.mark(row) & ~QUEUED);
    if (this.ranks.length > 0) this.sink(lastRank, last, lastRow);
    return { relation, row };
  }

  private sink(rank: number, relation: Relation, row: number): void {
    const { length } = this.ranks;
    let i = 0;
    while (true) {
      let child = i * 2 + 1;
      if (child >= length) break;
      if (child + 1 < length && (this.ranks[child + 1] as number) < (this.ranks[child] as number)) child++;
      if ((this.ranks[child] as number) >= rank) break;
      this.move(child, i);
      i = child;
    }
    this.put(i, rank, relation, row);
  }

  private move(from: number, to: number): void {
    this.put(to, this.ranks[from] as number, this.relations[from] as Relation, this.rows[from] as number);
  }

  private put(at: number, rank: number, relation: Relation, row: number): void {
    this.ranks[at] = rank;
    this.relations[at] = relation;
    this.rows[at] = row;
  }
}
