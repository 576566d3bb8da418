import type { Relation } from "../store/relation.ts";

/** Rows waiting to be looked at, lowest rank first, each once. */
export class RankHeap {
  private readonly ranks: number[] = [];
  private readonly items: { relation: Relation; row: number }[] = [];
  private readonly queued = new Map<Relation, Set<number>>();

  push(relation: Relation, row: number): void {
    const rows = this.queued.get(relation) ?? new Set();
    this.queued.set(relation, rows);
    if (rows.has(row)) return;
    rows.add(row);
    const rank = relation.rank(row);
    let i = this.ranks.length;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if ((this.ranks[parent] as number) <= rank) break;
      this.move(parent, i);
      i = parent;
    }
    this.ranks[i] = rank;
    this.items[i] = { relation, row };
  }

  pop(): { relation: Relation; row: number } | undefined {
    const first = this.items[0];
    const item = this.items.pop();
    const rank = this.ranks.pop();
    if (!first || !item || rank === undefined) return undefined;
    this.queued.get(first.relation)?.delete(first.row);
    const { length } = this.items;
    if (length > 0) this.sink(item, rank, length);
    return first;
  }

  private sink(item: { relation: Relation; row: number }, rank: number, length: number): void {
    let i = 0;
    while (true) {
      let child = i * 2 + 1;
      if (child >= length) break;
      if (child + 1 < length && (this.ranks[child + 1] as number) < (this.ranks[child] as number)) child++;
      if ((this.ranks[child] as number) >= rank) break;
      this.move(child, i);
      i = child;
    }
    this.ranks[i] = rank;
    this.items[i] = item;
  }

  private move(from: number, to: number): void {
    this.ranks[to] = this.ranks[from] as number;
    this.items[to] = this.items[from] as { relation: Relation; row: number };
  }
}
