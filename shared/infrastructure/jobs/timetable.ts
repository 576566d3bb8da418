import { SEEN_DAYS } from "../../contracts/seen.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { App } from "../../models/apps.ts";
import { RETENTION_KEYS } from "../../models/retention.ts";
import { sweepIncoming, sweepStore } from "../media/index.ts";
import { applyChanges } from "./apply-changes.ts";
import type { Job } from "./job.ts";

/** The app that keeps it: the lightest of the six. */
export const TIMETABLE_KEEPER: App = "account";

const DAY_MS = 24 * 3_600_000;
const WEEK_MS = 7 * DAY_MS;
const FORGOTTEN_AT_ONCE = 5_000;

/** As long as there was as much as goes at once; gives how many in all. */
async function inTurns(some: () => Promise<number>): Promise<number> {
  let all = 0;
  for (;;) {
    const count = await some();
    all += count;
    if (count < FORGOTTEN_AT_ONCE) return all;
  }
}

/** All scheduled work of the platform: the whole list. */
export const TIMETABLE: readonly Job[] = [
  {
    // sessions, links, codes and counted hits whose time is over, and what people looked at in the shop long ago
    name: "forget-expired",
    cron: "*/10 * * * *",
    keepsHouse: true,
    run: ({ services, transaction, runtime }) =>
      transaction(async (tx) => {
        const now = runtime.clock.now();
        await services.identity.forgetExpired(tx, now);
        await services.oidcStore.removeExpired(tx, now);
        await services.clientApi.forgetExpired(tx, now);
        await services.seen.forgetBefore(tx, new Date(now.getTime() - SEEN_DAYS * DAY_MS));
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
    // what nobody outside could see and nobody has to handle any more, after what stewards chose, or ACTIVITY_KEEP_DAYS
    name: "forget-internal-activities",
    cron: "53 2 * * *",
    keepsHouse: false, // after a restore it may say what happened
    run: async ({ services, transaction, runtime: { config } }) => {
      const before = await services.retention.findEnd("activities", config.ACTIVITY_KEEP_DAYS);
      const some = (tx: Tx) => services.outbox.forgetInternal(tx, before, FORGOTTEN_AT_ONCE);
      const count = await inTurns(() => transaction(some));
      await transaction((tx) => services.retention.note(tx, { what: "activities", before, count }));
    },
  },
  {
    // what has been here for as long as stewards chose: who bought, asked to join, was invited, left; each kind by itself
    name: "keep-retention",
    cron: "11 3 * * *",
    keepsHouse: false, // after a restore somebody may still want it
    run: async ({ services: { retention }, transaction }) => {
      for (const what of RETENTION_KEYS) {
        if (what === "activities") continue; // has its own hour
        const before = await retention.findEnd(what, null);
        const count = await inTurns(() => transaction((tx) => retention.takeAway(tx, what, before, FORGOTTEN_AT_ONCE)));
        await transaction((tx) => retention.note(tx, { what, before, count }));
      }
    },
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
    // something was learnt of an ingredient or a shelf that touches many products
    name: "refresh-shelf",
    cron: "* * * * *",
    keepsHouse: true,
    run: async ({ services, transaction }) => {
      while ((await transaction((tx) => services.shelf.refreshStale(tx))) > 0);
    },
  },
  {
    // changes of many products that somebody began, where the process that made them is gone
    name: "apply-changes",
    cron: "* * * * *",
    keepsHouse: false, // after a restore somebody looks first
    run: async ({ services, transaction }) => {
      for (const id of await services.changeSets.listApplying()) await applyChanges({ changeSets: services.changeSets, transaction }, id);
    },
  },
  {
    // drafts of changes that nobody did anything about
    name: "forget-changes",
    cron: "37 3 * * *",
    keepsHouse: true,
    run: ({ services, transaction, runtime }) =>
      transaction(async (tx) => void (await services.changeSets.forgetDrafts(tx, new Date(runtime.clock.now().getTime() - WEEK_MS)))),
  },
  {
    // new on the shelf; what comes in masses goes out as one
    name: "announce-products",
    cron: "* * * * *",
    keepsHouse: false,
    run: ({ services, transaction, runtime }) =>
      transaction(async (tx) => void (await services.shelf.announceDue(tx, runtime.clock.now()))),
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
    // copies of other hosts' pictures that nobody looked at for a month; their bytes go with the next sweep
    name: "forget-remote-pictures",
    cron: "31 3 * * *",
    keepsHouse: true,
    run: ({ services, transaction, runtime }) =>
      transaction(
        async (tx) => void (await services.remotePictures.forgetUnseen(tx, new Date(runtime.clock.now().getTime() - 30 * DAY_MS))),
      ),
  },
  {
    // the bytes of files that were removed from the library, or never written down
    name: "sweep-media",
    cron: "41 3 * * *",
    keepsHouse: false, // after a restore they may be all that is left of what was brought since
    run: async ({ services, transaction, runtime }) => {
      const before = new Date(runtime.clock.now().getTime() - WEEK_MS);
      await transaction((tx) => services.media.removeLeft(tx, before));
      await sweepStore(runtime.media, before, services.media.listUnknown);
      await sweepIncoming(runtime.config.MEDIA_DIR, before);
    },
  },
  {
    // series reach as far ahead as calendars show, and keep to the rules of zones as they are known now; files that nobody took in go,
    // and rooms that came free go to who waited
    name: "extend-calendars",
    cron: "7 2 * * *",
    keepsHouse: true,
    run: async ({ services, transaction, runtime }) => {
      while ((await transaction((tx) => services.calendarFiles.keepHorizon(tx, runtime.clock.now()))) > 0);
      await transaction((tx) => services.calendarFiles.dropLapsedUploads(tx));
      await transaction((tx) => services.bookings.tidy(tx));
    },
  },
  {
    // rooms that were approved and not paid for in time: nobody has them from that moment, and this is when people hear of it
    name: "end-unpaid-bookings",
    cron: "* * * * *",
    keepsHouse: false,
    run: ({ services, transaction }) => transaction((tx) => services.bookings.endUnpaid(tx)),
  },
  {
    // places that came free because a hold or an offer ended go to whoever waits; nobody else could have had them meanwhile
    name: "offer-places",
    cron: "* * * * *",
    keepsHouse: false,
    run: async ({ services, transaction }) => {
      for (const entryId of await services.tickets.listWaited()) await transaction((tx) => services.tickets.offerPlaces(tx, entryId));
    },
  },
  {
    // members who asked to be forgotten, once it is too late to undo it; an hour later again where something of theirs is on its way
    name: "begin-erasures",
    cron: "*/10 * * * *",
    keepsHouse: false, // after a restore those who were erased before come first
    run: async ({ services, transaction, runtime }) => {
      for (const id of await services.erasures.listDue(runtime.clock.now())) await transaction((tx) => services.erasures.begin(tx, id));
    },
  },
  {
    // their keys, once their goodbye is delivered; links to exports that are over; whose the orders of closed books were
    name: "end-erasures",
    cron: "*/10 * * * *",
    keepsHouse: false,
    run: async ({ services, transaction, runtime }) => {
      const now = runtime.clock.now();
      while ((await transaction((tx) => services.erasures.closeFinished(tx, now))) > 0);
      await transaction(async (tx) => void (await services.personalData.forgetExports(tx, now)));
      await transaction(async (tx) => void (await services.erasures.releaseBooks(tx)));
    },
  },
  {
    // polls that were answered or are over: others hear of the figures, members that it is over
    name: "tell-of-polls",
    cron: "* * * * *",
    keepsHouse: false,
    run: async ({ services, transaction }) => {
      while ((await transaction((tx) => services.statuses.closePolls(tx))) > 0);
      while ((await transaction((tx) => services.statuses.tellFigures(tx))) > 0);
    },
  },
  {
    // what other servers sent and was handled, and what was delivered to them, after 30 days
    name: "forget-handled-fediverse",
    cron: "29 3 * * *",
    keepsHouse: false, // after a restore it may say what happened
    run: ({ services, transaction, runtime }) =>
      transaction((tx) => services.fediverse.forgetHandled(tx, new Date(runtime.clock.now().getTime() - 30 * DAY_MS))),
  },
  {
    // a key signs for 90 days; what is due in its rotation is done
    name: "rotate-keys",
    cron: "*/10 * * * *",
    keepsHouse: true,
    run: async ({ runtime }) => void (await runtime.keys.rotate()),
  },
];
