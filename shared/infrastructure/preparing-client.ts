import pg from "pg";

/** From the fifth time on a statement has a name, as with pgjdbc. */
const OFTEN = 5;
/** What stays in the memory of every connection's server process is bounded, and so is what is counted here. */
const MOST_NAMED = 128;
const MOST_COUNTED = 2_000;

/** Texts of statements, how often they came, and the names of those that came often; of one process. */
export class OftenAsked {
  readonly #counts = new Map<string, number>();
  readonly #names = new Map<string, string>();
  #made = 0;

  /** Counts a statement; its name once it came often. undefined: it has none yet, or there are enough names. */
  nameOf(text: string): string | undefined {
    const name = this.#names.get(text);
    if (name !== undefined || this.#names.size >= MOST_NAMED) return name;
    if (this.#counts.size >= MOST_COUNTED) this.#counts.clear(); // most came once
    const count = (this.#counts.get(text) ?? 0) + 1;
    this.#counts.set(text, count);
    return count < OFTEN ? undefined : this.#give(text);
  }

  /** Its next name is another one: tables changed below it, and what PostgreSQL keeps under this one does not fit them any more. */
  rename(text: string): void {
    if (this.#names.has(text)) this.#give(text);
  }

  #give(text: string): string {
    const name = `often_${++this.#made}`;
    this.#names.set(text, name);
    this.#counts.delete(text);
    return name;
  }
}

const CAN_BE_PREPARED = /^\s*(select|with|insert|update|delete)\b/i;
const CACHED_PLAN_DOES_NOT_FIT = "0A000";

type Done = (error: Error | null, result?: unknown) => void;

/**
 * The client of a pool that prepares what comes often: planning a statement costs PostgreSQL more than carrying it out, for nearly all of
 * ours. Whether a prepared one keeps its plan PostgreSQL decides, by what both cost (plan_cache_mode).
 */
export function preparingClient(often: OftenAsked): typeof pg.Client {
  class Preparing extends pg.Client {
    // one signature for the dozen that pg declares, each of which says what it gives
    override query(asked: string | pg.QueryConfig | pg.Submittable, values?: unknown, done?: unknown): never {
      const given = typeof asked === "string" ? { text: asked } : asked;
      const isFree = "text" in given && given.name === undefined && Array.isArray(values) && CAN_BE_PREPARED.test(given.text);
      const name = isFree ? often.nameOf(given.text) : undefined;
      if (!isFree || name === undefined) return this.#ask(asked, values, done);
      const noteMisfit = (error: unknown) => {
        if (error instanceof pg.DatabaseError && error.code === CACHED_PLAN_DOES_NOT_FIT) often.rename(given.text);
      };
      const named = { ...given, name };
      if (typeof done !== "function") {
        const answer: Promise<unknown> = this.#ask(named, values);
        answer.catch(noteMisfit);
        return answer as never;
      }
      const noteAndTell: Done = (error, result) => {
        noteMisfit(error);
        done(error, result);
      };
      return this.#ask(named, values, noteAndTell);
    }

    #ask(asked: unknown, values: unknown, done?: unknown): never {
      return super.query(asked as string, values as unknown[], done as () => void) as never;
    }
  }
  return Preparing;
}
