import { Logger, makeWorkerUtils, run } from "graphile-worker";
import pg from "pg";
import { type Contender, instant } from "./contender.ts";

const silent = new Logger(() => () => undefined);

/** graphile-worker with a local queue and settling in batches, its quick settings. */
export const graphileWorker: Contender = {
  async prepare(url) {
    const utils = await makeWorkerUtils({ connectionString: url, logger: silent });
    await utils.migrate();
    await utils.release();
  },
  async openEmitter(url, connections) {
    const pool = new pg.Pool({ connectionString: url, max: connections });
    return {
      async emit(object) {
        const client = await pool.connect();
        try {
          await client.query("begin");
          const text = "select id from graphile_worker.add_job('bench', $1::json)";
          await client.query(text, [JSON.stringify({ object, emittedAt: instant() })]);
          await client.query("commit");
        } finally {
          client.release();
        }
      },
      close: () => pool.end(),
    };
  },
  async startProcessor(url, onHandled) {
    const runner = await run({
      connectionString: url,
      maxPoolSize: 4,
      noHandleSignals: true,
      logger: silent,
      preset: { worker: { concurrentJobs: 64, localQueue: { size: 128 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      taskList: { bench: async (payload) => onHandled(Number((payload as { emittedAt: number }).emittedAt)) },
    });
    return { stop: () => runner.stop() };
  },
};
