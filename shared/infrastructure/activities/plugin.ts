import plugin from "fastify-plugin";
import type { App } from "../../models/apps.ts";
import type { Runtime } from "../runtime.ts";
import { type EventProcessor, startEventProcessor } from "./event-processor.ts";
import { type Figures, makeFigures } from "./figures.ts";
import type { ActivityHandler } from "./handler.ts";
import { type Transaction, withHints } from "./hints.ts";
import { handlersGroup, queuesGroup } from "./metrics.ts";
import { SUBSCRIPTIONS } from "./subscriptions.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** Runs a command's work in one transaction: committed when it resolves, rolled back when it throws. No network inside. */
    transaction: Transaction;
    activities: AppActivities;
  }
}

/** An app's part in what happens: what it handles, and how it gets on. */
export interface AppActivities {
  /** Gives the app its handlers, all of them at once; throws when they are not those of the subscriptions. */
  handleWith(handlers: readonly ActivityHandler[]): void;
  figures(): ReturnType<Figures["read"]>;
}

/** Transactions that wake whoever has to handle what was emitted in them, and the app's own processor. */
export const activities = plugin<{ name: App; runtime: Runtime }>(async (app, { name, runtime }) => {
  const { db, config, listener } = runtime;
  const subscribed = SUBSCRIPTIONS.filter((subscription) => subscription.app === name).map(({ handler }) => handler);
  let handlers: readonly ActivityHandler[] = [];
  let figures = makeFigures([]);
  let processor: EventProcessor | null = null;
  const transaction = withHints(db);
  app.decorate("transaction", transaction);
  app.decorate("activities", {
    handleWith(given) {
      const names = given.map((handler) => handler.name);
      if (names.toSorted().join() !== subscribed.toSorted().join())
        throw new Error(`${name} handles [${names}], but the subscriptions say [${subscribed}]`);
      handlers = given;
      figures = makeFigures(names);
    },
    figures: () => figures.read(),
  });
  app.metricGroups.push(
    handlersGroup(() => figures.read()),
    queuesGroup({
      count: () => app.services.outbox.countByHandler(subscribed),
      isPaused: async () => (await app.services.outgoing.findPause()) !== null,
    }),
  );
  app.whenServing.push(() => {
    if (handlers.length === 0) return;
    const parts = { listener, transaction, handlers, figures, tracer: app.tracer, log: app.log };
    processor = startEventProcessor({ app: name, databaseUrl: config.DATABASE_URL, ...parts });
  });
  app.addHook("onReady", async () => {
    if (handlers.length !== subscribed.length) throw new Error(`${name} has no handlers for [${subscribed}]`);
  });
  let stopped: Promise<void> | undefined;
  app.addHook("preClose", async () => {
    stopped = processor?.stop(); // while the last requests are answered
  });
  app.addHook("onClose", () => stopped);
});
