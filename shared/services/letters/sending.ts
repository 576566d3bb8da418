import { sql } from "drizzle-orm";
import type { ClaimedReader, LettersService, SettledReader } from "../../contracts/letters.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { LetterId, SubscriberId } from "../../models/ids.ts";
import { addressHash } from "../newsletters/address-hash.ts";
import { isStillMailable, keepMembers } from "../newsletters/mailable.ts";
import { readersOf } from "./read-letters.ts";

/** Who is sent away so often is given up: over some eleven hours. */
const TRIES = 8;
/** Where the mail server refuses so many one after the other, it is not the readers: the letter pauses itself. */
const REFUSED_IN_A_ROW = 25;

/** One at a time: the row is held, and the state says that it began. */
export async function beginDue(tx: Tx, now: Date): Promise<number> {
  const { rows } = await tx.execute<{ id: string; slug: string }>(sql`
    select l.id, n.slug from letters l join newsletters n on n.id = l.newsletter_id
    where l.state = 'scheduled' and l.send_at <= ${now.toISOString()}::timestamptz and outgoing_paused_at() is null
    order by l.send_at, l.id limit 1 for update of l skip locked`);
  const [due] = rows;
  if (!due) return 0;
  await tx.execute(keepMembers(sql`${due.slug}`));
  await tx.execute(sql`
    insert into letter_deliveries (letter_id, subscriber_id)
    select l.id, r.id from letters l, lateral (${readersOf(sql`l`, sql`${due.slug}`)}) r where l.id = ${due.id} order by r.id
    on conflict do nothing`);
  await tx.execute(sql`
    update letters set state = 'sending', started_at = now(), readers = (select count(*) from letter_deliveries where letter_id = ${due.id})
    where id = ${due.id}`);
  const object = { type: "Letter", id: Number(due.id) };
  await emitActivity(tx, { originApp: "account", actorId: null, type: "Update", object, details: { state: "sending" } });
  return 1;
}

const LOCK = sql`hashtextextended('letters', 0)`;

export async function holdSending(session: Pick<Tx, "execute">): Promise<boolean> {
  const { rows } = await session.execute<{ mine: boolean }>(sql`select pg_try_advisory_lock(${LOCK}) as mine`);
  return rows[0]?.mine === true;
}

/** Where another process sends, nothing waits for anybody else. The lock ends with the statement. */
export async function isWorkWaiting(db: Db): Promise<boolean> {
  const { rows } = await db.execute<{ waits: boolean }>(sql`
    select outgoing_paused_at() is null and pg_try_advisory_xact_lock(${LOCK}) and exists (
      select from letters l where l.state = 'sending' and (
        not exists (select from letter_deliveries d where d.letter_id = l.id and d.state in ('waiting', 'in-hand'))
        or exists (select from letter_deliveries d where d.letter_id = l.id and d.state in ('waiting', 'in-hand') and d.due_at <= now()))) as waits`);
  return rows[0]?.waits === true;
}

export async function takeBack(tx: Tx): Promise<number> {
  const { rowCount } = await tx.execute(sql`update letter_deliveries set state = 'waiting' where state = 'in-hand'`);
  return rowCount ?? 0;
}

/** Letters take turns, reader by reader: a small one does not wait behind a large one. */
export async function claim(tx: Tx, limit: number): Promise<ClaimedReader[]> {
  await finish(tx);
  if (limit <= 0) return [];
  const { rows } = await tx.execute<ClaimedRow>(sql`
    with due as (
      select d.letter_id, d.subscriber_id, l.newsletter_id, n.slug, row_number() over (partition by l.id order by d.due_at, d.subscriber_id) as turn
      from letters l join newsletters n on n.id = l.newsletter_id cross join lateral (
        select o.letter_id, o.subscriber_id, o.due_at from letter_deliveries o
        where o.letter_id = l.id and o.state = 'waiting' and o.due_at <= now() order by o.due_at, o.subscriber_id limit ${limit} for update skip locked) d
      where l.state = 'sending' and outgoing_paused_at() is null
      order by turn, l.id limit ${limit})
    update letter_deliveries d
    set state = case when ${isStillMailable(sql`s`, sql`due.newsletter_id`, sql`due.slug`)} then 'in-hand' else 'left-out' end,
      settled_at = case when ${isStillMailable(sql`s`, sql`due.newsletter_id`, sql`due.slug`)} then null else now() end
    from due join subscribers s on s.id = due.subscriber_id
    where d.letter_id = due.letter_id and d.subscriber_id = due.subscriber_id
    returning d.letter_id, d.subscriber_id, d.state, d.attempts, s.email, s.name`);
  return rows
    .filter(({ state }) => state === "in-hand")
    .map(({ letter_id, subscriber_id, email, name, attempts }) => ({
      ...{ letterId: Number(letter_id) as LetterId, subscriberId: Number(subscriber_id) as SubscriberId, email, name, attempts },
    }));
}

type ClaimedRow = { letter_id: string; subscriber_id: string; state: string; attempts: number; email: string; name: string };

/** Nobody waits any more. */
async function finish(tx: Tx): Promise<void> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    update letters l set state = 'sent', finished_at = now(), trouble = ''
    where l.state = 'sending' and not exists (select from letter_deliveries d where d.letter_id = l.id and d.state in ('waiting', 'in-hand'))
    returning l.id`);
  for (const { id } of rows) {
    const object = { type: "Letter", id: Number(id) };
    await emitActivity(tx, { originApp: "account", actorId: null, type: "Update", object, details: { state: "sent" } });
  }
}

export async function settle(tx: Tx, settled: readonly SettledReader[]): Promise<void> {
  if (settled.length === 0) return;
  const given = sql`jsonb_to_recordset(${JSON.stringify(settled.map(flat))}::jsonb)
    as given (letter bigint, subscriber bigint, kind text, reply text, "isAddress" boolean, words text)`;
  await tx.execute(sql`
    update letter_deliveries d set
      state = case given.kind when 'sent' then 'sent' when 'refused' then 'refused'
        when 'later' then case when d.attempts + 1 >= ${TRIES} then 'given-up' else 'waiting' end else 'waiting' end,
      attempts = d.attempts + case when given.kind = 'away' then 0 else 1 end,
      due_at = case given.kind when 'later' then now() + 5 * power(2, d.attempts) * interval '1 minute' when 'away' then now() + interval '20 seconds' else d.due_at end,
      settled_at = case when given.kind in ('sent', 'refused') or (given.kind = 'later' and d.attempts + 1 >= ${TRIES}) then now() end,
      reply = coalesce(given.reply, '')
    from ${given} where d.letter_id = given.letter and d.subscriber_id = given.subscriber and d.state = 'in-hand'`);
  await tx.execute(sql`
    insert into newsletter_suppressions (address_hash, reason)
    select ${addressHash(sql`s.email`)}, 'bounced' from ${given} join subscribers s on s.id = given.subscriber
    where given.kind = 'refused' and given."isAddress" on conflict do nothing`);
  await noteTrouble(tx, settled);
}

function flat({ letterId, subscriberId, outcome }: SettledReader) {
  return { letter: letterId, subscriber: subscriberId, ...outcome, reply: "reply" in outcome ? codesOf(outcome.reply) : "" };
}

/** What a mail server says may hold the address: only its codes are kept. */
const codesOf = (reply: string) => /^[0-9. ]{0,20}/.exec(reply)?.[0].trim() ?? "";

/** What keeps letters from going on is said on their pages; what takes one mail is well. */
async function noteTrouble(tx: Tx, settled: readonly SettledReader[]): Promise<void> {
  for (const [letterId, some] of Map.groupBy(settled, (one) => one.letterId)) {
    const away = some.findLast(({ outcome }) => outcome.kind === "away")?.outcome;
    const isTaken = some.some(({ outcome }) => outcome.kind === "sent");
    const words = isTaken || away?.kind !== "away" ? "" : away.words.slice(0, 200);
    if (words !== "" || isTaken)
      await tx.execute(sql`update letters set trouble = ${words} where id = ${letterId} and state = 'sending' and trouble <> ${words}`);
    if (!isTaken && some.some(({ outcome }) => outcome.kind === "refused")) await pauseWhereAllAreRefused(tx, letterId);
  }
}

async function pauseWhereAllAreRefused(tx: Tx, letterId: LetterId): Promise<void> {
  await tx.execute(sql`
    update letters set state = 'paused', trouble = ${`The mail server refused ${REFUSED_IN_A_ROW} readers one after the other.`}
    where id = ${letterId} and state = 'sending' and ${REFUSED_IN_A_ROW} <= (
      select count(*) filter (where latest.state = 'refused') from (
        select state from letter_deliveries where letter_id = ${letterId} and state in ('sent', 'refused') and settled_at is not null
        order by settled_at desc limit ${REFUSED_IN_A_ROW}) latest)`);
}

export async function report(tx: Tx, { letterId, subscriberId, kind, reply }: Parameters<LettersService["report"]>[1]): Promise<void> {
  await tx.execute(sql`
    update letter_deliveries set report = ${kind}, reply = ${codesOf(reply)}, settled_at = coalesce(settled_at, now())
    where letter_id = ${letterId} and subscriber_id = ${subscriberId} and report is distinct from 'complained'`);
}
