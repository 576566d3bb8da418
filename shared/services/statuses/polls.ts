import { sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import type { StatusesService } from "../../contracts/statuses.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import type { StatusId } from "../../models/ids.ts";
import { findVisible } from "./deeds.ts";
import type { StatusParts } from "./parts.ts";

type Polls = Pick<StatusesService, "vote" | "takeVote">;

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
        await count(tx, { id, actor, position, isFirst: position === chosen[0] });
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
      return count(tx, { id, actor, position, isFirst });
    },
  };
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
  { id, actor, position, isFirst }: { id: StatusId; actor: string; position: number; isFirst: boolean },
): Promise<boolean> {
  const { rowCount } = await tx.execute(
    sql`insert into ap_poll_votes (status_id, position, actor) values (${id}, ${position}, ${actor}) on conflict do nothing`,
  );
  if (rowCount !== 1) return false;
  await tx.execute(sql`update ap_poll_options set votes = votes + 1 where status_id = ${id} and position = ${position}`);
  if (isFirst) await tx.execute(sql`update ap_polls set voters = voters + 1 where status_id = ${id}`);
  return true;
}
