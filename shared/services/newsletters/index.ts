import type { Tombstones } from "../../contracts/erasures.ts";
import type { NewslettersService } from "../../contracts/newsletters.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { decide, forget } from "./decide.ts";
import { ensureNewsletter } from "./ensure-newsletter.ts";
import { getFigures, listNewsletters, listSubscriptions } from "./read-newsletters.ts";
import { takeIn } from "./take-in.ts";
import { withdraw } from "./withdraw.ts";

/** Newsletters, over PostgreSQL. */
export function makeNewslettersService({ db }: ServiceDeps, { tombstones }: { tombstones: Tombstones }): NewslettersService {
  return {
    listNewsletters: () => listNewsletters(db),
    getFigures: () => getFigures(db),
    listSubscriptions: (email) => listSubscriptions(db, email),
    ensureNewsletter,
    takeIn: (tx, source, people) => takeIn(tx, tombstones, source, people),
    withdraw,
    decide: (tx, decision) => decide(tx, tombstones, decision),
    forget: (tx, userId) => forget(tx, tombstones, userId),
  };
}
