import pg from "pg";
import { PgBoss } from "pg-boss";
import { type Contender, instant } from "./contender.ts";

const QUEUE = "bench";

/** pg-boss, woken by NOTIFY, fetching without a pause while batches are full. */
export const pgBoss: Contender = {
  async prepare(url) {
    const boss = await new PgBoss({ connectionString: url, useListenNotify: true }).start();
    await boss.createQueue(QUEUE, { notify: true });
    await boss.stop({ graceful: false });
  },
  async openEmitter(url, connections) {
    const boss = await new PgBoss({ connectionString: url, max: 1, supervise: false, schedule: false, migrate: false }).start();
    const pool = new pg.Pool({ connectionString: url, max: connections });
    return {
      async emit(object) {
        const client = await pool.connect();
        try {
          await client.query("begin");
          await boss.send(QUEUE, { object, emittedAt: instant() }, { db: { executeSql: (text, values) => client.query(text, values) } });
          await client.query("commit");
        } finally {
          client.release();
        }
      },
      async close() {
        await pool.end();
        await boss.stop({ graceful: false });
      },
    };
  },
  async startProcessor(url, onHandled) {
    const boss = await new PgBoss({ connectionString: url, max: 3, migrate: false, schedule: false, useListenNotify: true }).start();
    const options = { batchSize: 64, pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 0.5, burstWhenBatchFull: true };
    await boss.work<{ emittedAt: number }>(QUEUE, options, async (jobs) => {
      for (const { data } of jobs) onHandled(data.emittedAt);
    });
    return { stop: () => boss.stop({ graceful: false }) };
  },
};
