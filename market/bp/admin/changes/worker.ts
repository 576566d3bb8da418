import { applyChanges } from "@rose-ash/shared/infrastructure/jobs/index.ts";
import type { ChangeSetId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";

declare module "fastify" {
  interface FastifyInstance {
    /** Makes the changes of a set that was begun, in this process; settles when they are made, or when the process is to end. */
    makeChanges(id: ChangeSetId): Promise<void>;
  }
}

/** Gives the app its maker of changes. What a process that ends leaves, the timetable goes on with within a minute. */
export function decorateWithMaker(app: FastifyInstance): void {
  const stop = new AbortController();
  const under = new Set<Promise<void>>();
  app.decorate("makeChanges", (id: ChangeSetId) => {
    const { services, transaction } = app;
    const work = applyChanges({ changeSets: services.changeSets, transaction }, id, stop.signal)
      .catch((err: unknown) => app.log.error({ err, id }, "changes of many products were not all made"))
      .finally(() => under.delete(work));
    under.add(work);
    return work;
  });
  app.addHook("preClose", async () => {
    stop.abort();
    await Promise.all(under);
  });
}
