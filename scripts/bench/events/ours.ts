import {
  type ActivityHandler,
  makeEmitActivity,
  makeFigures,
  startEventProcessor,
  withHints,
} from "@rose-ash/shared/infrastructure/activities/index.ts";
import { openDb } from "@rose-ash/shared/infrastructure/db.ts";
import { Listener } from "@rose-ash/shared/infrastructure/listener/index.ts";
import { type Contender, instant } from "./contender.ts";

/** One handler for what is emitted. */
export const SUBSCRIPTIONS = [{ handler: "blog.bench", app: "blog", on: [["Update", "Post"]] }] as const;

const emitActivity = makeEmitActivity(SUBSCRIPTIONS);

/** emitActivity and a processor, as services use them; the handler reaches beyond the database, as the peers' do. */
export const ours: Contender = {
  prepare: async () => undefined,
  async openEmitter(url, connections) {
    const db = openDb(url, connections);
    const transaction = withHints(db);
    return {
      async emit(object) {
        const details = { emittedAt: instant() };
        await transaction((tx) =>
          emitActivity(tx, { originApp: "blog", actorId: null, type: "Update", object: { type: "Post", id: object }, details }),
        );
      },
      close: () => db.close(),
    };
  },
  async startProcessor(url, onHandled) {
    const db = openDb(url, 2);
    const listener = new Listener(url);
    const handler: ActivityHandler = {
      name: "blog.bench",
      kind: "outside",
      atOnce: 64,
      handle: async ({ details }) => onHandled(Number(details["emittedAt"])),
    };
    const log = { warn: complain, error: complain };
    const { stop } = startEventProcessor({
      app: "blog",
      databaseUrl: url,
      listener,
      transaction: withHints(db),
      handlers: [handler],
      figures: makeFigures(["blog.bench"]),
      log,
    });
    return {
      async stop() {
        await stop();
        await Promise.all([listener.close(), db.close()]);
      },
    };
  },
};

const complain = (context: object, message: string) => void process.stderr.write(`${message} ${JSON.stringify(context)}\n`);
