import type { App } from "../../models/apps.ts";
import type { Job } from "./job.ts";

/** The app that keeps it: the lightest of the six. */
export const TIMETABLE_KEEPER: App = "account";

const WEEK_MS = 7 * 24 * 3_600_000;

/** All scheduled work of the platform: the whole list. */
export const TIMETABLE: readonly Job[] = [
  {
    // sessions, links, codes and counted hits whose time is over: they hold addresses of people
    name: "forget-expired",
    cron: "*/10 * * * *",
    keepsHouse: true,
    run: ({ services, transaction, runtime }) =>
      transaction(async (tx) => {
        const now = runtime.clock.now();
        await services.identity.forgetExpired(tx, now);
        await services.oidcStore.removeExpired(tx, now);
      }),
  },
  {
    // whoever reconciles after a restore still wants to see them
    name: "forget-settled-activities",
    cron: "17 * * * *",
    keepsHouse: false,
    run: ({ services, transaction, runtime }) =>
      transaction(async (tx) => void (await services.outbox.forgetSettled(tx, new Date(runtime.clock.now().getTime() - WEEK_MS)))),
  },
  {
    // a key signs for 90 days; what is due in its rotation is done
    name: "rotate-keys",
    cron: "*/10 * * * *",
    keepsHouse: true,
    run: async ({ runtime }) => void (await runtime.keys.rotate()),
  },
];
