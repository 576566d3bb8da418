import type { NewslettersService } from "../../contracts/newsletters.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { decide, forget } from "./decide.ts";
import { ensureNewsletter } from "./ensure-newsletter.ts";
import { getFigures, listNewsletters, listSubscriptions } from "./read-newsletters.ts";
import { takeIn } from "./take-in.ts";
import { withdraw } from "./withdraw.ts";

/** Newsletters, over PostgreSQL. */
export function makeNewslettersService({ db }: ServiceDeps): NewslettersService {
  return {
    listNewsletters: () => listNewsletters(db),
    getFigures: () => getFigures(db),
    listSubscriptions: (email) => listSubscriptions(db, email),
    ensureNewsletter,
    takeIn,
    withdraw,
    decide,
    forget,
  };
}
