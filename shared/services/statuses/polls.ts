import { sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import type { StatusesService, StatusVisibility } from "../../contracts/statuses.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import type { StatusId, UserId } from "../../models/ids.ts";
import { findVisible } from "./deeds.ts";
import type { StatusParts } from "./parts.ts";

type Polls = Pick<StatusesService, "vote" | "takeVote" | "tellFigures" | "closePolls" | "listVoters">;

/** The world hears of a poll’s figures no oftener than this. */
const FIGURES_MS = 5 * 60_000;
const AT_ONCE = 100;

interface OpenPoll extends Record<string, unknown> {
  id: string;
  isMultiple: boolean;
  isOurs: boolean;
  isOver: boolean;
  actor: string;
  options: string[];
}

export function makePolls(parts: StatusParts): Polls {
  return {
    async vote(tx, reader, id, positions) {
      const { isMine } = await findVisible(parts, tx, reader, id);
      const poll = await lockPoll(parts, tx, sql`d.id = ${id}`);
      const chosen = [...new Set(positions)];
      const isOdd = chosen.length === 0 || chosen.some((position) => poll?.options[position] === undefined);
      if (poll === null || poll.isOver || isMine || isOdd || (chosen.length > 1 && !poll.isMultiple))
        throw new CodedError("post-refused", "This poll is over, or has no such answer.");
      const actor = parts.actorOf(reader);
      if (await hasVoted(tx, id, actor)) throw new CodedError("post-refused", "You have answered this poll before.");
      for (const position of chosen) {
        await count(tx, { id, actor, position, isFirst: position === chosen[0], now: parts.clock.now() });
        if (poll.isOurs) continue;
        const details = { option: poll.options[position], question: String(id) };
        const object = { type: "Vote", id: `${id}:${reader.userId}:${position}` };
        await emitActivity(tx, { originApp: "federation", actorId: reader.userId, type: "Create", object, details, visibility: "direct" });
      }
    },
    async takeVote(tx, { question, option, actor }) {
      const poll = await lockPoll(parts, tx, sql`d.uri = ${question} and d.author_id is not null`);
      const position = poll?.options.indexOf(option) ?? -1;
      if (poll === null || poll.isOver || position < 0 || poll.actor === actor) return false;
      const id = Number(poll.id) as StatusId;
      const isFirst = !(await hasVoted(tx, id, actor));
      if (!isFirst && !poll.isMultiple) return false;
      return count(tx, { id, actor, position, isFirst, now: parts.clock.now() });
    },
    async tellFigures(tx) {
      const now = parts.clock.now();
      const told = new Date(now.getTime() - FIGURES_MS);
      const { rows } = await tx.execute<DuePoll>(sql`
        with due as (
          select p.status_id from ap_polls p where p.changed_at is not null and coalesce(p.told_at, '-infinity') <= ${told}
          order by p.changed_at limit ${AT_ONCE} for update skip locked
        ), told as (update ap_polls p set changed_at = null, told_at = ${now} from due where p.status_id = due.status_id returning p.status_id)
        select d.id, d.author_id as "authorId", d.visibility from told join ap_documents d on d.id = told.status_id
        where d.author_id is not null and d.deleted_at is null`);
      for (const poll of rows) await tellOfFigures(tx, poll);
      return rows.length;
    },
    async closePolls(tx) {
      const now = parts.clock.now();
      const { rows } = await tx.execute<DuePoll & { isAnswered: boolean }>(sql`
        with due as (
          select p.status_id from ap_polls p where p.closed_at is null and p.ends_at <= ${now}
          order by p.ends_at limit ${AT_ONCE} for update skip locked
        ), closed as (
          update ap_polls p set closed_at = ${now}, changed_at = null, told_at = ${now} from due where p.status_id = due.status_id returning p.status_id)
        select d.id, d.author_id as "authorId", d.visibility,
          exists (select from ap_poll_votes v where v.status_id = d.id and starts_with(v.actor, ${parts.publicUrl("federation", "/ap/members/")})) as "isAnswered"
        from closed join ap_documents d on d.id = closed.status_id where d.deleted_at is null`);
      for (const poll of rows) {
        if (poll.authorId !== null) await tellOfFigures(tx, poll); // the last there are
        if (poll.authorId === null && !poll.isAnswered) continue; // nobody here waits for it
        const object = { type: "Poll", id: poll.id };
        await emitActivity(tx, { originApp: "federation", actorId: null, type: "Update", object });
      }
      return rows.length;
    },
    async listVoters(id) {
      const { rows } = await parts.db.execute<{ actor: string }>(
        sql`select distinct actor from ap_poll_votes where status_id = ${id} order by actor`,
      );
      return rows.map(({ actor }) => actor);
    },
  };
}

interface DuePoll extends Record<string, unknown> {
  id: string;
  authorId: string | null;
  visibility: StatusVisibility;
}

/** Figures are told as a change of the post; what was said stands as it was. */
async function tellOfFigures(tx: Tx, { id, authorId, visibility }: DuePoll): Promise<void> {
  const details = { path: `/posts/${id}`, isFigures: true };
  const actorId = Number(authorId) as UserId;
  await emitActivity(tx, { originApp: "federation", actorId, type: "Update", object: { type: "Status", id }, details, visibility });
}

/** Whoever votes has the poll to themselves for as long: its figures are counted up. */
async function lockPoll({ clock }: StatusParts, tx: Tx, where: ReturnType<typeof sql>): Promise<OpenPoll | null> {
  const { rows } = await tx.execute<OpenPoll>(sql`
    select d.id, p.is_multiple as "isMultiple", d.author_id is not null as "isOurs", d.actor, coalesce(p.ends_at <= ${clock.now()}, false) as "isOver",
      array(select name from ap_poll_options o where o.status_id = d.id order by o.position) as options
    from ap_documents d join ap_polls p on p.status_id = d.id where ${where} and d.deleted_at is null for update of p`);
  return rows[0] ?? null;
}

async function hasVoted(tx: Tx, id: StatusId, actor: string): Promise<boolean> {
  const { rows } = await tx.execute(sql`select from ap_poll_votes where status_id = ${id} and actor = ${actor} limit 1`);
  return rows.length > 0;
}

async function count(
  tx: Tx,
  { id, actor, position, isFirst, now }: { id: StatusId; actor: string; position: number; isFirst: boolean; now: Date },
): Promise<boolean> {
  const { rowCount } = await tx.execute(
    sql`insert into ap_poll_votes (status_id, position, actor) values (${id}, ${position}, ${actor}) on conflict do nothing`,
  );
  if (rowCount !== 1) return false;
  await tx.execute(sql`update ap_poll_options set votes = votes + 1 where status_id = ${id} and position = ${position}`);
  await tx.execute(sql`
    update ap_polls set voters = voters + ${isFirst ? 1 : 0}::int, changed_at = coalesce(changed_at, ${now}) where status_id = ${id}`);
  return true;
}
