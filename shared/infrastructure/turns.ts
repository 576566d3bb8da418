import type { FastifyInstance } from "fastify";

/** Runs work when its turn comes. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

declare module "fastify" {
  interface FastifyInstance {
    inTurn: InTurn;
  }
}

/**
 * So much work at once; the rest waits in the order in which it came, without a connection to the database: of five hundred buyers who
 * come at the same moment each gets an answer, and none is sent away because no connection came free. patienceMs: whose turn has not come
 * by then throws.
 */
export function makeTurns(atOnce: number, patienceMs: number | null = null): InTurn {
  const waiting: (() => void)[] = [];
  let going = 0;
  return async (work) => {
    if (going < atOnce) going += 1;
    else await turnIn(waiting, patienceMs);
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) going -= 1;
      else next(); // the turn passes on
    }
  };
}

function turnIn(waiting: (() => void)[], patienceMs: number | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      waiting.splice(waiting.indexOf(take), 1);
      reject(new Error(`no turn came within ${patienceMs} ms`));
    };
    const timer = patienceMs === null ? undefined : setTimeout(giveUp, patienceMs);
    const take = () => {
      clearTimeout(timer);
      resolve();
    };
    waiting.push(take);
  });
}

/** Leaves connections for whoever only looks. */
export function addTurns(app: FastifyInstance): void {
  app.decorate("inTurn", makeTurns(Math.max(1, app.runtime.config.DATABASE_POOL - 2)));
}
