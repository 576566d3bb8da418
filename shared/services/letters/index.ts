import type { AuditService } from "../../contracts/audit.ts";
import type { LettersService } from "../../contracts/letters.ts";
import type { NewslettersService } from "../../contracts/newsletters.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { makeCommands } from "./commands.ts";
import { listDueDigests, sendDigest } from "./digests.ts";
import { countReaders, findArchived, getFigures, getLetter, listArchive, listCameBack, listLetters } from "./read-letters.ts";
import { beginDue, claim, holdSending, isWorkWaiting, report, settle, takeBack } from "./sending.ts";
import { findText, listTexts } from "./texts.ts";

/** Letters, over PostgreSQL. */
export function makeLettersService(
  { db, timeZone }: Pick<ServiceDeps, "db" | "timeZone">,
  { audit, newsletters }: { audit: AuditService; newsletters: Pick<NewslettersService, "suppress"> },
): LettersService {
  const commands = makeCommands(audit);
  return {
    listLetters: () => listLetters(db),
    getLetter: (id) => getLetter(db, id),
    listTexts: () => listTexts(db),
    findText: (postId) => findText(db, postId),
    countReaders: (id) => countReaders(db, id),
    listArchive: (newsletterId) => listArchive(db, newsletterId),
    findArchived: (newsletterId, id) => findArchived(db, newsletterId, id),
    listCameBack: () => listCameBack(db),
    getFigures: () => getFigures(db),
    ...commands,
    beginDue,
    isWorkWaiting: () => isWorkWaiting(db),
    takeBack,
    claim,
    settle,
    async report(tx, one) {
      await report(tx, one);
      await newsletters.suppress(tx, one.subscriberId, one.kind);
    },
    holdSending,
    listDueDigests: (now) => listDueDigests(db, now, timeZone),
    sendDigest: (tx, newsletterId, now, text) => sendDigest(tx, { newsletterId, now, text, timeZone }, commands),
  };
}
