import { type SQL, sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import type { ArchivedLetter, CameBack, Letter, LetterProgress, LetterRow, LettersService, LetterText } from "../../contracts/letters.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { LetterId, NewsletterId } from "../../models/ids.ts";
import type { letters } from "../../models/letters.ts";
import { mailableTo, membersOf } from "../newsletters/mailable.ts";

type Row = typeof letters.$inferSelect & Record<string, unknown>;

const PROGRESS = sql`(
  select json_build_object(
    'readers', l.readers, 'gone', case when l.started_at is null then 0 else l.readers - count(d.*) end,
    'waiting', count(*) filter (where d.state in ('waiting', 'in-hand')), 'repeated', count(*) filter (where d.state = 'waiting' and d.attempts > 0),
    'sent', count(*) filter (where d.state = 'sent'), 'leftOut', count(*) filter (where d.state = 'left-out'),
    'refused', count(*) filter (where d.state = 'refused'), 'givenUp', count(*) filter (where d.state = 'given-up'),
    'bounced', count(*) filter (where d.report = 'bounced'), 'complained', count(*) filter (where d.report = 'complained'))
  from letter_deliveries d where d.letter_id = l.id)`;

const COLUMNS = sql`l.id::int, l.newsletter_id::int as "newsletterId", l.post_id::int as "postId", l.subject, l.preheader, l.html, l.plaintext,
  l.language, l.audience, l.label_id::int as "labelId", l.group_name as "groupName", l.state, l.send_at as "sendAt", l.trouble,
  l.started_at as "startedAt", l.finished_at as "finishedAt", l.created_at as "createdAt"`;

export async function listLetters(db: Db): Promise<LetterRow[]> {
  const { rows } = await db.execute<Row & { newsletterName: string; progress: LetterProgress }>(sql`
    select l.id::int, l.subject, l.state, l.send_at as "sendAt", l.started_at as "startedAt", l.finished_at as "finishedAt",
      l.created_at as "createdAt", n.name as "newsletterName", ${PROGRESS} as progress
    from letters l join newsletters n on n.id = l.newsletter_id order by l.id desc limit 50`);
  return rows.map((row) => ({ ...row, ...datesOf(row), id: row.id as LetterId }));
}

export async function getLetter(db: Db, id: LetterId): Promise<Letter> {
  const { rows } = await db.execute<Row & Pick<Letter, "newsletter" | "progress" | "labelName">>(sql`
    select ${COLUMNS}, ${PROGRESS} as progress, (select name from member_labels where id = l.label_id) as "labelName",
      json_build_object('id', n.id, 'slug', n.slug, 'name', n.name, 'description', n.description, 'isOpen', n.is_open, 'groupName', n.group_name,
        'senderName', n.sender_name, 'digestWeekday', n.digest_weekday, 'subscribed', 0) as newsletter
    from letters l join newsletters n on n.id = l.newsletter_id where l.id = ${id}`);
  const [row] = rows;
  if (!row) throw new CodedError("not-found", "There is no such letter.", { id });
  return { ...row, ...datesOf(row) };
}

/** json and execute() give instants as they stand in PostgreSQL's text. */
function datesOf({ sendAt, startedAt, finishedAt, createdAt }: Row) {
  const date = (value: Date | null) => (value === null ? null : new Date(value));
  return { sendAt: date(sendAt), startedAt: date(startedAt), finishedAt: date(finishedAt), createdAt: new Date(createdAt) };
}

/** Whom a letter goes to: of its list's readers those of its segment, and of the group that its text is for. l: a row of letters. */
export function readersOf(l: SQL, slug: SQL): SQL {
  const owner = sql`coalesce(s.user_id, (select e.user_id from user_emails e where e.email = s.email and e.verified_at is not null))`;
  const inGroup = (group: SQL) => sql`(${group} is null or ${owner} in (${membersOf(sql`select ${group}::text`)}))`;
  return sql`
    select s.id from subscribers s
    where s.id in (${mailableTo(slug)})
      and (${l}.label_id is null or exists (select from subscriber_labels held where held.subscriber_id = s.id and held.label_id = ${l}.label_id))
      and ${inGroup(sql`${l}.group_name`)} and ${inGroup(sql`${l}.audience`)}`;
}

/** Of those who get a list by their group some may have no row yet, which is made as it begins: they are counted by it then. */
export async function countReaders(db: Db, id: LetterId): Promise<number> {
  const { rows } = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from letters l join newsletters n on n.id = l.newsletter_id, lateral (${readersOf(sql`l`, sql`n.slug`)}) r
    where l.id = ${id}`);
  return rows[0]?.count ?? 0;
}

/** What went to a part of a list is not everybody's, nor what is for a group. */
const IS_PUBLIC = sql`n.is_open and l.audience is null and l.label_id is null and l.group_name is null and l.state in ('sending', 'paused', 'sent')`;

export async function listArchive(db: Db, newsletterId: NewsletterId): Promise<ArchivedLetter[]> {
  const { rows } = await db.execute<ArchivedLetter & Record<string, unknown>>(sql`
    select l.id::int, l.subject, l.preheader, l.started_at as "sentAt" from letters l join newsletters n on n.id = l.newsletter_id
    where l.newsletter_id = ${newsletterId} and ${IS_PUBLIC} order by l.started_at desc, l.id desc limit 200`);
  return rows.map((row) => ({ ...row, sentAt: new Date(row.sentAt) }));
}

export async function findArchived(db: Db, newsletterId: NewsletterId, id: LetterId): Promise<(ArchivedLetter & LetterText) | null> {
  const { rows } = await db.execute<ArchivedLetter & LetterText & Record<string, unknown>>(sql`
    select ${COLUMNS}, l.started_at as "sentAt" from letters l join newsletters n on n.id = l.newsletter_id
    where l.newsletter_id = ${newsletterId} and l.id = ${id} and ${IS_PUBLIC}`);
  return rows[0] ? { ...rows[0], sentAt: new Date(rows[0].sentAt) } : null;
}

export async function listCameBack(db: Db): Promise<CameBack[]> {
  const { rows } = await db.execute<CameBack & Record<string, unknown>>(sql`
    select l.id::int as "letterId", l.subject, s.email, coalesce(d.report, d.state) as what, d.reply, d.settled_at as at
    from letter_deliveries d join letters l on l.id = d.letter_id join subscribers s on s.id = d.subscriber_id
    where d.report is not null or d.state in ('refused', 'given-up') order by d.settled_at desc, s.id limit 100`);
  return rows.map((row) => ({ ...row, at: new Date(row.at) }));
}

export async function getFigures(db: Db): ReturnType<LettersService["getFigures"]> {
  const { rows } = await db.execute<{ waiting: string; paused: string; in_trouble: string }>(sql`
    select count(*) filter (where state = 'paused') as paused,
      count(*) filter (where state in ('sending', 'paused') and trouble <> '') as in_trouble,
      (select count(*) from letter_deliveries d join letters u on u.id = d.letter_id where u.state = 'sending' and d.state in ('waiting', 'in-hand')) as waiting
    from letters where state in ('scheduled', 'sending', 'paused')`);
  const [row] = rows;
  return {
    waiting: Number(row?.waiting),
    paused: Number(row?.paused),
    inTrouble: Number(row?.in_trouble),
  };
}
