// A processor in a process of its own, which tests kill. What its handler does stands in the table `effects`.
import { sql } from "drizzle-orm";
import { type ActivityHandler, makeFigures, startEventProcessor, withHints } from "../../shared/infrastructure/activities/index.ts";
import { openDb } from "../../shared/infrastructure/db.ts";
import { Listener } from "../../shared/infrastructure/listener/index.ts";
import { skewClock } from "./skew-clock.ts";

/** What the test says on the command line. */
export interface WorkerTask {
  url: string;
  kind: ActivityHandler["kind"];
  /** Where the process ends itself as kill -9 does; null: nowhere. */
  killAt: string | null;
  leaseMs: number;
  /** How wrong this process's clock is. */
  skewMs: number;
  /** How long the handler takes. */
  workMs: number;
}

const task: WorkerTask = JSON.parse(process.argv[2] ?? "");
skewClock(task.skewMs);
const db = openDb(task.url, 4);
const listener = new Listener(task.url);
const work = () => new Promise((resolve) => setTimeout(resolve, task.workMs));
const common = { name: "blog.count", atOnce: 4 } as const;
const inTransaction: ActivityHandler = {
  ...common,
  kind: "transaction",
  async handle(tx, { id, object }) {
    await work();
    await tx.execute(sql`insert into effects (activity_id, object, process) values (${id}, ${object.id}, ${process.pid})`);
  },
};
const outside: ActivityHandler = {
  ...common,
  kind: "outside",
  async handle({ id, object }) {
    await work();
    // as an inbox elsewhere would: what it has heard under this id already changes nothing
    await db.execute(sql`
      insert into effects (activity_id, object, process) select ${id}, ${object.id}, ${process.pid}
      where not exists (select from effects where activity_id = ${id})`);
  },
};
const handler = task.kind === "transaction" ? inTransaction : outside;
const complain = (context: object, message: string) => void process.stderr.write(`${message} ${JSON.stringify(context)}\n`);
const processor = startEventProcessor({
  ...{ app: "blog", databaseUrl: task.url, transaction: withHints(db), handlers: [handler], figures: makeFigures([handler.name]) },
  ...{ listener, log: { warn: complain, error: complain } },
  settings: { leaseMs: task.leaseMs, pollMs: 100, backoff: { baseMs: 50, maxMs: 200 } },
  onStep: (step) => void (step === task.killAt && process.kill(process.pid, "SIGKILL")),
});
process.once(
  "SIGTERM",
  () =>
    void processor
      .stop()
      .then(() => Promise.all([listener.close(), db.close()]))
      .then(() => process.disconnect()),
);
process.send?.("ready");
