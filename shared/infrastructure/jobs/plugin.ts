import plugin from "fastify-plugin";
import type { Runtime } from "../runtime.ts";
import { type RunningJobs, startJobs } from "./start-jobs.ts";
import { TIMETABLE } from "./timetable.ts";

/** Let the first visitors be served before anything is swept. */
const AFTER_MS = 5000;

/** Has this app's processes keep the timetable, from a few seconds after they serve. One app of the six is enough. */
export const jobs = plugin<{ runtime: Runtime }>(async (app, { runtime }) => {
  let running: RunningJobs | null = null;
  let timer: NodeJS.Timeout | undefined;
  app.whenServing.push(() => {
    const parts = { services: app.services, transaction: app.transaction, runtime };
    timer = setTimeout(() => {
      running = startJobs(TIMETABLE, parts, app.log);
    }, AFTER_MS);
  });
  let stopped: Promise<void> | undefined;
  app.addHook("preClose", async () => {
    clearTimeout(timer);
    stopped = running?.stop(); // while the last requests are answered
  });
  app.addHook("onClose", () => stopped);
});
