import { sql } from "drizzle-orm";
import type { ErasuresService, Tombstones } from "../../contracts/erasures.ts";
import type { IdentityService } from "../../contracts/identity.ts";
import type { RelationsService } from "../../contracts/relations.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { ErasureId, UserId } from "../../models/ids.ts";
import { personOf } from "../personal-data/person.ts";
import { listAffairs } from "./affairs.ts";
import { ask, undo } from "./ask.ts";
import { begin, start } from "./begin.ts";
import { closeFinished, finish, listFiles } from "./finish.ts";
import { forgetIn } from "./forget-in.ts";
import { find, findGone, findMail, findOpen, findRow, listDue, listErasures } from "./reads.ts";
import { listReceipts } from "./receipts.ts";
import { releaseBooks } from "./release-books.ts";
import { getList, replay } from "./replay.ts";

interface Others {
  readonly relations: Pick<RelationsService, "listHolders" | "list">;
  readonly identity: Pick<IdentityService, "endSessions" | "findPublicPerson">;
  readonly tombstones: Tombstones;
}

/** Erasures, over PostgreSQL. */
export function makeErasuresService(deps: ServiceDeps, { relations, identity, tombstones }: Others): ErasuresService {
  const { db, clock, publicUrl } = deps;
  const parts = { clock, publicUrl };
  const affairs = (tx: Tx, userId: UserId) => listAffairs(tx, relations, userId);
  return {
    listAffairs: affairs,
    findOpen: (userId) => findOpen(db, userId),
    find: (id) => find(db, id),
    ask: (tx, wish) => ask(tx, wish, affairs),
    undo,
    listDue: (now) => listDue(db, now),
    begin: (tx, id) => begin(tx, { ...parts, identity, tombstones, listAffairs: affairs }, id),
    forgetIn: (tx, id, app) => forgetIn(tx, parts, id, app),
    findFarewell: (tx, id) => findFarewell(tx, deps, id),
    findMail: (id) => findMail(db, id),
    listFiles: (id) => listFiles(db, id),
    finish: (tx, id) => finish(tx, parts, id),
    closeFinished: (tx, now) => closeFinished(tx, parts, now),
    releaseBooks: (tx) => releaseBooks(tx, relations),
    findGone: (handle) => findGone(db, tombstones.handleHash(handle)),
    findRow: (id) => findRow(db, id),
    listErasures: (page) => listErasures(db, page),
    listReceipts: (id) => listReceipts(db, id),
    retry,
    getList: () => getList(db),
    replay: (tx) =>
      replay(tx, {
        start: (within, id, userId) => start(within, { identity, tombstones, publicUrl }, id, userId),
        forgetIn: (within, id, app) => forgetIn(within, parts, id, app),
      }),
  };
}

/** Whom they followed, named or answered hears of it, too. */
async function findFarewell(
  tx: Tx,
  { publicUrl }: Pick<ServiceDeps, "publicUrl">,
  id: ErasureId,
): ReturnType<ErasuresService["findFarewell"]> {
  const { rows: open } = await tx.execute(sql`
    select from erasures e where id = ${id} and state = 'running'
      and not exists (select from erasure_steps s where s.erasure_id = e.id and s.app = 'federation') for update`);
  const who = open.length === 0 ? null : await personOf(tx, publicUrl, id);
  if (who === null) return null;
  const { actor, userId } = who;
  const { rows } = await tx.execute<{ uri: string }>(sql`
    select followed as uri from ap_follows where follower = ${actor}
    union select m.actor from ap_mentions m join ap_documents d on d.id = m.status_id where d.author_id = ${userId}
    union select theirs.actor from ap_documents mine join ap_documents theirs on theirs.uri = mine.in_reply_to where mine.author_id = ${userId}
    union select d.actor from ap_reactions r join ap_documents d on d.uri = r.object where r.actor = ${actor}`);
  return { handle: who.handle, to: rows.map(({ uri }) => uri).filter((uri) => uri !== actor) };
}

/** What was given up waits again, from its first try. */
async function retry(tx: Tx, id: ErasureId): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    update ap_activity_handlings set id = default, state = 'pending', settled_at = null, attempts = 0, next_attempt_at = now()
    where object_type = 'Erasure' and object_id = ${String(id)} and state = 'dead'`);
  return rowCount ?? 0;
}
