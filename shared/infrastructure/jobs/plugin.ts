import plugin from "fastify-plugin";
import type { Runtime } from "../runtime.ts";
import { type RunningJobs, startJobs } from "./start-jobs.ts";
import { TIMETABLE } from "./timetable.ts";

/** Let the first visitors be served before anything is swept. */
const AFTER_MS = 5000;

/** Has this app's processes keep the timetable, from a few seconds after they serve. One app of the six is enough. */
export const jobs = plugin<{ runtime: Runtime }>(async (app, { runtime }) => {
  let running: Promise<RunningJobs | null> | null = null;
  let timer: NodeJS.Timeout | undefined;
  const start = () => {
    const parts = { services: app.services, transaction: app.transaction, runtime };
    running = startJobs(TIMETABLE, parts, app.log).catch((error: unknown) => {
      app.log.error({ err: error }, "no scheduled work is done by this process");
      return null;
    });
  };
  app.whenServing.push(() => {
    timer = setTimeout(start, AFTER_MS);
  });
  app.addHook("preClose", async () => clearTimeout(timer));
  app.addHook("onClose", async () => (await running)?.stop());
});
