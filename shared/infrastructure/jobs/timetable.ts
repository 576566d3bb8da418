import type { App } from "../../models/apps.ts";
import { folderStore, sweepIncoming, sweepStore } from "../media/index.ts";
import type { Job } from "./job.ts";

/** The app that keeps it: the lightest of the six. */
export const TIMETABLE_KEEPER: App = "account";

const DAY_MS = 24 * 3_600_000;
const WEEK_MS = 7 * DAY_MS;

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
    // a hundred at a time: what was due while nothing ran comes out with the first run after
    name: "publish-due",
    cron: "* * * * *",
    keepsHouse: false,
    run: async ({ services, transaction, runtime }) => {
      while ((await transaction((tx) => services.writing.publishDue(tx, runtime.clock.now()))) > 0);
    },
  },
  {
    // what people threw away, after 30 days
    name: "empty-bin",
    cron: "23 3 * * *",
    keepsHouse: false, // after a restore somebody may still want it
    run: ({ services, transaction, runtime }) =>
      transaction(async (tx) => void (await services.writing.deleteBinned(tx, new Date(runtime.clock.now().getTime() - 30 * DAY_MS)))),
  },
  {
    // the bytes of files that were removed from the library, or never written down
    name: "sweep-media",
    cron: "41 3 * * *",
    keepsHouse: false, // after a restore they may be all that is left of what was brought since
    run: async ({ services, runtime }) => {
      const before = new Date(runtime.clock.now().getTime() - WEEK_MS);
      await sweepStore(folderStore(runtime.config.MEDIA_DIR), before, services.media.listUnknown);
      await sweepIncoming(runtime.config.MEDIA_DIR, before);
    },
  },
  {
    // a key signs for 90 days; what is due in its rotation is done
    name: "rotate-keys",
    cron: "*/10 * * * *",
    keepsHouse: true,
    run: async ({ runtime }) => void (await runtime.keys.rotate()),
  },
];
