import { eq } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { Tombstones } from "../../contracts/erasures.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { NewslettersService } from "../../contracts/newsletters.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { newsletters } from "../../models/newsletters.ts";
import { ask, confirm } from "./ask.ts";
import { decide, forget } from "./decide.ts";
import { ensureNewsletter } from "./ensure-newsletter.ts";
import { leave, liftSuppression, suppress } from "./leave.ts";
import {
  findAsked,
  findSuppression,
  getFigures,
  getSuppressionFigures,
  listLabels,
  listNewsletters,
  listSubscriptions,
} from "./read-newsletters.ts";
import { findOwn, findOwnOf } from "./read-own.ts";
import { saveNewsletter } from "./save-newsletter.ts";
import { takeIn } from "./take-in.ts";
import { withdraw } from "./withdraw.ts";

/** Newsletters, over PostgreSQL. */
export function makeNewslettersService(
  { db, clock }: ServiceDeps,
  { audit, tombstones }: { audit: AuditService; tombstones: Tombstones },
): NewslettersService {
  return {
    listNewsletters: () => listNewsletters(db),
    async getNewsletter(slug) {
      const [found] = await listNewsletters(db, eq(newsletters.slug, slug));
      if (!found) throw new CodedError("not-found", "There is no such list.", { slug });
      return found;
    },
    getFigures: () => getFigures(db),
    listSubscriptions: (email) => listSubscriptions(db, email),
    listLabels: () => listLabels(db),
    findOwn: (subscriberId) => findOwn(db, subscriberId),
    findOwnOf: (userId) => findOwnOf(db, userId),
    findAsked: (consentId) => findAsked(db, consentId, clock.now()),
    getSuppressionFigures: () => getSuppressionFigures(db),
    findSuppression: (email) => findSuppression(db, email),
    saveNewsletter: (tx, id, settings, by) => saveNewsletter(tx, { id, settings, by }, audit),
    ensureNewsletter,
    ask,
    confirm: (tx, consentId, now) => confirm(tx, tombstones, consentId, now),
    leave,
    suppress,
    async liftSuppression(tx, email, { by, reason }) {
      const lifted = await liftSuppression(tx, email);
      if (!lifted) return false;
      const subject = `subscriber:${lifted.subscriberId ?? "unknown"}`;
      const after = { suppressed: "no" };
      await audit.record(tx, {
        app: "account",
        by,
        reason,
        action: "lift suppression",
        subject,
        before: { suppressed: lifted.reason },
        after,
      });
      return true;
    },
    takeIn: (tx, source, people) => takeIn(tx, tombstones, source, people),
    withdraw,
    decide: (tx, decision) => decide(tx, tombstones, decision),
    forget: (tx, userId) => forget(tx, tombstones, userId),
  };
}
