import { and, eq, inArray, lt } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { GhostRequest, GhostService } from "../../contracts/ghost.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { ghostDeliveries, ghostFiles } from "../../models/ghost.ts";
import { userEmails, users } from "../../models/identity.ts";
import {
  dropLink,
  ensureLink,
  findLink,
  findLinkBySyncKey,
  findLinksTo,
  getLinkView,
  holdLink,
  linkPiece,
  listDue,
  listLinks,
  noteListed,
  noteOurs,
  postpone,
  settle,
  wantDiffering,
  wantLink,
} from "./links.ts";
import {
  beginMembers,
  countMembers,
  dropMembers,
  endMembers,
  findNewsletter,
  linkMembers,
  linkNewsletter,
  listUnmetMembers,
  noteMembers,
  wantMembersNow,
} from "./members.ts";
import {
  beginSweep,
  endSweep,
  endTurn,
  getCounts,
  getState,
  notePoll,
  noteTrouble,
  receive,
  start,
  takeTurn,
  wake,
  wantSweep,
} from "./state.ts";

/** What is known of a Ghost, over PostgreSQL. */
export function makeGhostService({ db }: ServiceDeps, { audit }: { audit: AuditService }): GhostService {
  const record = (tx: Tx, action: string, subject: string, { by }: GhostRequest) =>
    audit.record(tx, { app: "blog", by, action, subject, reason: "", before: null, after: null });
  return {
    getState: () => getState(db),
    getCounts: () => getCounts(db),
    listLinks: (which, limit) => listLinks(db, which, limit),
    findLink: (id) => findLink(db, id),
    getLinkView: (id) => getLinkView(db, id),
    findLinksTo: (pieces) => findLinksTo(db, pieces),
    findLinkBySyncKey: (key) => findLinkBySyncKey(db, key),
    async start(tx, request) {
      if (!(await start(tx))) return false;
      await record(tx, "start ghost", "ghost", request);
      return true;
    },
    async askForSweep(tx, request) {
      await wantSweep(tx, 0);
      await record(tx, "sweep ghost", "ghost", request);
      await wake(tx);
    },
    async askForLink(tx, id, request) {
      if (!(await wantLink(tx, id, request.side))) return false;
      const action = request.side === null ? "resync ghost" : request.side === "theirs" ? "pull from ghost" : "push to ghost";
      await record(tx, action, `ghost-link:${id}`, request);
      await wake(tx);
      return true;
    },
    async askForDifferences(tx, side, request) {
      const count = await wantDiffering(tx, side);
      await record(tx, side === "theirs" ? "pull all from ghost" : "push all to ghost", "ghost", request);
      await wake(tx);
      return count;
    },
    receive,
    async forgetDeliveries(tx, before) {
      await tx.delete(ghostDeliveries).where(lt(ghostDeliveries.receivedAt, before));
    },
    takeTurn,
    endTurn,
    noteTrouble,
    noteListed,
    notePoll,
    beginSweep,
    endSweep,
    noteOurs,
    listDue: (limit) => listDue(db, limit),
    holdLink,
    linkPiece,
    dropLink,
    ensureLink,
    settle,
    postpone,
    async askForMembers(tx, request) {
      await wantMembersNow(tx);
      await record(tx, "bring ghost members", "ghost", request);
      await wake(tx);
    },
    countMembers: () => countMembers(db),
    beginMembers,
    noteMembers,
    linkMembers,
    listUnmetMembers: (look, limit) => listUnmetMembers(db, look, limit),
    dropMembers,
    endMembers,
    findNewsletter: (ghostId) => findNewsletter(db, ghostId),
    linkNewsletter,
    findFiles: (urls) =>
      db
        .select()
        .from(ghostFiles)
        .where(inArray(ghostFiles.url, [...urls])),
    findFilesAt: (paths) =>
      db
        .select()
        .from(ghostFiles)
        .where(inArray(ghostFiles.path, [...paths])),
    async keepFile(tx, { url, mediaId, path }) {
      await tx.insert(ghostFiles).values({ url, mediaId, path }).onConflictDoUpdate({ target: ghostFiles.url, set: { mediaId, path } });
    },
    async listAddresses(ids) {
      const rows = await db
        .select({ userId: userEmails.userId, email: userEmails.email })
        .from(userEmails)
        .where(and(inArray(userEmails.userId, [...ids]), userEmails.isPrimary));
      return ids.flatMap((id) => rows.find(({ userId }) => userId === id)?.email ?? []);
    },
    async findMembers(addresses) {
      const wanted = addresses.map((address) => address.toLowerCase());
      const rows = await db
        .select({ userId: userEmails.userId, email: userEmails.email })
        .from(userEmails)
        .innerJoin(users, eq(users.id, userEmails.userId))
        .where(inArray(userEmails.email, wanted));
      return wanted.flatMap((address) => rows.find(({ email }) => email === address) ?? []);
    },
  };
}
