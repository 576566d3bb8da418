import { sql } from "drizzle-orm";
import type { Db } from "../../db.ts";
import { gauge, type MetricGroup } from "../../metrics/index.ts";

const COUNTED = 10_000;
const LOOKED_AT = 1000;

interface Figures extends Record<string, unknown> {
  pending: number;
  failing: number;
  dead: number;
  age: number;
}

/** What is on its way to other servers, in the database, for all processes alike. */
export function deliveriesGroup(db: Db): MetricGroup {
  return {
    name: "deliveries",
    async read() {
      const { pending, failing, dead, age } = await readFigures(db);
      return [
        gauge("deliveries_pending", "Deliveries to other servers that are to be made; counted to ten thousand.", [[{}, pending]]),
        gauge("deliveries_failing", "Of those what was tried in vain and is tried again; counted to ten thousand.", [[{}, failing]]),
        gauge("deliveries_dead", "Deliveries that were given up; counted to ten thousand.", [[{}, dead]]),
        gauge("deliveries_oldest_due_seconds", "How long the oldest that nobody has tried yet has been waiting.", [[{}, age]]),
      ];
    },
  };
}

/** The age is of first tries that nothing before them holds up: what a server refuses waits for days, and says nothing of us. */
async function readFigures(db: Db): Promise<Figures> {
  const counted = (where: ReturnType<typeof sql>) =>
    sql`(select count(*)::int from (select from ap_deliveries where ${where} limit ${COUNTED}) as some_of_them)`;
  const { rows } = await db.execute<Figures>(sql`
    select ${counted(sql`state = 'pending'`)} as pending, ${counted(sql`state = 'pending' and not is_first`)} as failing,
      ${counted(sql`state = 'dead'`)} as dead,
      coalesce((select extract(epoch from now() - min(next_attempt_at))::float8 from (
        select id, inbox, object, next_attempt_at, lease from ap_deliveries where state = 'pending' and is_first
        order by outgoing_id, id limit ${LOOKED_AT}) as first
        where lease is null and next_attempt_at <= now() and not exists (
          select from ap_deliveries as earlier
          where earlier.inbox = first.inbox and earlier.object = first.object and earlier.id < first.id and earlier.state = 'pending')), 0) as age`);
  return rows[0] ?? { pending: 0, failing: 0, dead: 0, age: 0 };
}
