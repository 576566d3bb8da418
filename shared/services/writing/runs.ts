import { sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { PieceRef } from "../../contracts/writing.ts";
import { idColumn } from "./piece-tables.ts";

const RUN_MINUTES = 10;
/** Letters of HTML, some three sentences: whoever deletes more finds what was there in the history. */
const MOST_TAKEN_AWAY = 200;

/**
 * A save that the editor made by itself takes the place of the one before it in the history, if that one was of the same run: made so
 * too, by the same person, begun no longer than RUN_MINUTES ago, and hardly longer. What a run began with always stays.
 */
export async function joinRun(tx: Tx, { kind, id }: PieceRef, version: number): Promise<void> {
  const ofPiece = sql`${idColumn(kind)} = ${id}`;
  await tx.execute(sql`
    with saved as (select saved_by, saved_at, html from revisions where ${ofPiece} and version = ${version}),
    replaced as (
      delete from revisions using saved
      where ${ofPiece} and version = (select max(version) from revisions where ${ofPiece} and version < ${version})
        and revisions.saved_by = saved.saved_by
        and run_began_at > saved.saved_at - ${`${RUN_MINUTES} minutes`}::interval
        and length(revisions.html) - ${MOST_TAKEN_AWAY} <= length(saved.html)
      returning run_began_at)
    update revisions set run_began_at = coalesce((select run_began_at from replaced), saved_at) where ${ofPiece} and version = ${version}`);
}

/** The latest version of each of these pieces stays in the history, whoever writes on: somebody saved it by hand, or made it public. */
export async function endRuns(tx: Tx, kind: PieceRef["kind"], ids: readonly number[]): Promise<void> {
  await tx.execute(sql`
    update revisions set run_began_at = null
    where ${idColumn(kind)} = any(${sql.param([...ids])}::bigint[]) and run_began_at is not null`);
}
