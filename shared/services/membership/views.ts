import { type SQL, sql } from "drizzle-orm";
import type { DuesEntry, DuesState, GroupCard, GroupView, MembershipView } from "../../contracts/membership.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { DuesId, GroupId, MembershipId } from "../../models/ids.ts";
import type { DuesPeriod, DuesWay, GroupDoor, MembershipState } from "../../models/membership.ts";
import { duesSql } from "./dues-sql.ts";

type Row = Record<string, unknown>;

interface MembershipRow extends Row {
  id: string;
  group_id: string;
  slug: string;
  name: string;
  description: string;
  state: MembershipState;
  since: string;
  dues_state: DuesState;
  dues_minor: number | null;
  dues_period: DuesPeriod | null;
  currency: string;
  paid_until: string | null;
  from_on: string | null;
  until_on: string | null;
  entries: EntryJson[] | null;
}

interface EntryJson {
  id: number;
  way: DuesWay;
  amount_minor: number;
  currency: string;
  from_on: string;
  until_on: string;
  note: string;
  noted_by: string | null;
  noted_at: string;
  taken_back_at: string | null;
}

/** Memberships, by the name of the group, with all dues that were ever settled, newest first. where: on m. */
export async function readMemberships(from: Db | Tx, deps: ServiceDeps, where: SQL): Promise<readonly MembershipView[]> {
  const dues = duesSql(deps);
  const { rows } = await from.execute<MembershipRow>(sql`
    select m.id, m.group_id, g.slug, g.name, g.description, m.state, m.since, ${dues.state} as dues_state, g.dues_minor, g.dues_period, g.currency,
      m.paid_until::text, case when g.dues_minor is null then null else ${dues.from}::text end as from_on, ${dues.until}::text as until_on,
      (select json_agg(json_build_object('id', d.id, 'way', d.way, 'amount_minor', d.amount_minor, 'currency', d.currency, 'from_on', d.from_on,
        'until_on', d.until_on, 'note', d.note, 'noted_by', (select u.name from users as u where u.id = d.noted_by), 'noted_at', d.noted_at,
        'taken_back_at', d.taken_back_at) order by d.until_on desc, d.id desc) from dues as d where d.membership_id = m.id) as entries
    from memberships as m join groups as g on g.id = m.group_id where ${where} order by g.name, m.id`);
  return rows.map((row) => ({
    id: Number(row.id) as MembershipId,
    group: { id: Number(row.group_id) as GroupId, slug: row.slug, name: row.name, description: row.description },
    ...{ state: row.state, since: new Date(row.since) },
    dues: {
      ...{ state: row.dues_state, amountMinor: row.dues_minor, period: row.dues_period, currency: row.currency },
      ...{ paidUntil: row.paid_until, from: row.from_on, until: row.until_on },
    },
    entries: (row.entries ?? []).map(entryOf),
  }));
}

function entryOf(row: EntryJson): DuesEntry {
  return {
    ...{ id: row.id as DuesId, way: row.way, amountMinor: row.amount_minor, currency: row.currency, note: row.note },
    ...{ fromOn: row.from_on, untilOn: row.until_on, notedByName: row.noted_by, notedAt: new Date(row.noted_at) },
    takenBackAt: row.taken_back_at === null ? null : new Date(row.taken_back_at),
  };
}

interface GroupRow extends Row {
  id: string;
  slug: string;
  name: string;
  description: string;
  door: GroupDoor;
  dues_minor: number | null;
  dues_period: DuesPeriod | null;
  currency: string;
  whole_id: string | null;
  whole_slug: string | null;
  whole_name: string | null;
  members: number;
  asking: number;
  version: number;
  archived_at: string | null;
}

/** Groups by name. where: on g. */
export async function readGroups(from: Db | Tx, where: SQL): Promise<readonly GroupView[]> {
  const count = (state: MembershipState) =>
    sql`(select count(*)::int from memberships as m where m.group_id = g.id and m.state = ${state})`;
  const { rows } = await from.execute<GroupRow>(sql`
    select g.id, g.slug, g.name, g.description, g.door, g.dues_minor, g.dues_period, g.currency, g.version, g.archived_at,
      whole.id as whole_id, whole.slug as whole_slug, whole.name as whole_name, ${count("member")} as members, ${count("asked")} as asking
    from groups as g left join groups as whole on whole.id = g.part_of_id where ${where} order by g.name, g.id`);
  return rows.map((row) => ({
    ...cardOf(row),
    partOf: row.whole_id === null ? null : { id: Number(row.whole_id) as GroupId, slug: row.whole_slug ?? "", name: row.whole_name ?? "" },
    ...{ memberCount: row.members, askedCount: row.asking, version: row.version },
    archivedAt: row.archived_at === null ? null : new Date(row.archived_at),
  }));
}

function cardOf(row: GroupRow): GroupCard {
  const { dues_minor: amountMinor, dues_period: period, currency } = row;
  return {
    ...{ id: Number(row.id) as GroupId, slug: row.slug, name: row.name, description: row.description, door: row.door },
    dues: amountMinor === null || period === null ? null : { amountMinor, period, currency },
  };
}
