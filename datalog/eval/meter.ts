import type { Limits, OnProgress } from "../db/engine.ts";
import { fail } from "../errors.ts";

const OFTEN = 4096;
/** Between two words of progress. */
const PROGRESS_MS = 1000;

/** Counts what one saturation, change or query does against the limits; throws where one is exceeded. */
export class Meter {
  private readonly limits: Limits;
  private readonly onProgress: OnProgress | undefined;
  private toldMs = 0;
  private readonly began = performance.now();
  private facts: number;
  private work = 0;
  private rounds = 0;

  constructor(limits: Limits, facts: number, onProgress?: OnProgress) {
    this.limits = limits;
    this.facts = facts;
    this.onProgress = onProgress;
  }

  /** A tuple was added. */
  fact(): void {
    this.facts++;
    this.room();
  }

  /** A tuple was taken out: there is room for another. */
  lost(): void {
    this.facts--;
  }

  /** A match was found. */
  match(): void {
    if (++this.work % OFTEN === 0) this.time();
  }

  /** Many of both at once. */
  matches(found: number, added: number): void {
    const before = this.work;
    this.work += found;
    if (Math.floor(before / OFTEN) !== Math.floor(this.work / OFTEN)) this.time();
    this.facts += added;
    this.room();
  }

  /** Rows are about to be looked at, which may match nothing. */
  readonly spend = (rows: number): void => this.matches(rows, 0);

  round(): void {
    if (++this.rounds > this.limits.iterations) fail("limit-exceeded", `The limit of ${this.limits.iterations} iterations is exceeded.`);
    this.time();
  }

  /** Throws where there are more tuples than there may be. */
  room(): void {
    if (this.facts > this.limits.facts) fail("limit-exceeded", `The limit of ${this.limits.facts} facts is exceeded.`);
  }

  private time(): void {
    const ms = performance.now() - this.began;
    if (ms > this.limits.timeMs) fail("limit-exceeded", `The limit of ${this.limits.timeMs} ms is exceeded.`);
    if (!this.onProgress || ms < this.toldMs + PROGRESS_MS) return;
    this.toldMs = ms;
    this.onProgress(this.facts, ms);
  }
}
