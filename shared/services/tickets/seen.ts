import { and, eq, sql } from "drizzle-orm";
import { type FoundPage, HOLDINGS_PER_PAGE, holdingPage } from "../../contracts/holdings.ts";
import type { SeenTicket, TicketsService, TicketsShown } from "../../contracts/tickets.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { UserId } from "../../models/ids.ts";
import { tickets, ticketTransfers } from "../../models/tickets.ts";
import { wardsOf } from "../family/wards.ts";
import { containing } from "../holding-words.ts";
import { type Held, readTickets, shownTo } from "./holder.ts";
import { itsTime } from "./its-time.ts";

type Seen = Pick<TicketsService, "findSeen" | "listSeen" | "wasHandedOn" | "nameHolder">;

const SHOWN: Readonly<Record<TicketsShown, { which: string; order: string }>> = {
  ahead: { which: "not is_off and is_ahead", order: "starts_at, id" },
  past: { which: "not is_off and not is_ahead", order: "starts_at desc, id desc" },
  off: { which: "is_off", order: "starts_at desc, id desc" },
};

/** What members see of tickets on their own pages: theirs, and those of whom they look after. */
export function makeSeen(deps: ServiceDeps): Seen {
  const { db, clock } = deps;
  return {
    async findSeen(code, reader) {
      const isTheirs = sql`ticket.code = ${code} and (ticket.user_id = ${reader} or ticket.user_id in ${wardsOf(reader)})`;
      const [held] = await readTickets(db, deps, isTheirs);
      return held === undefined ? null : seenBy(held, reader);
    },
    async listSeen(reader, shown, ask) {
      const now = clock.now();
      const { which, order } = SHOWN[shown];
      const { rows } = await db.execute<FoundPage<number> & Record<string, unknown>>(sql`
        with mine as materialized (
          select ticket.id, ticket.status = 'cancelled' as is_off, coalesce(its.starts_at, entry.starts_at) as starts_at,
            coalesce(its.ends_at, entry.ends_at) > ${now.toISOString()}::timestamptz as is_ahead, coalesce(other.zone, entry.zone) as zone,
            concat_ws(' ', coalesce(other.title, entry.title), coalesce(nullif(coalesce(other.place, entry.place), ''), room.name), type.name,
              ticket.holder_name, holder.name, ticket.code) as words
          from tickets as ticket join ticket_types as type on type.id = ticket.ticket_type_id join calendar_entries as entry on entry.id = type.entry_id
          left join users as holder on holder.id = ticket.user_id ${itsTime(now)}
          where ticket.user_id = any(array(select ${reader}::bigint union select * from ${wardsOf(reader)} as wards))
        ), shown as (select *, extract(year from starts_at at time zone zone)::int as year from mine where ${sql.raw(which)}),
        fit as (select * from shown where (${ask.year}::int is null or year = ${ask.year}) and ${containing(ask.words)})
        select (select count(*)::int from fit) as total,
          (select coalesce(json_agg(year order by year desc), '[]') from (select distinct year from shown) as years) as years,
          (select coalesce(json_agg(id order by place), '[]') from (
            select id, row_number() over (order by ${sql.raw(order)}) as place from fit
            order by place limit ${HOLDINGS_PER_PAGE} offset ${(ask.page - 1) * HOLDINGS_PER_PAGE}) as page) as items`);
      const found = rows[0] ?? { items: [], total: 0, years: [] };
      const held =
        found.items.length === 0 ? [] : await readTickets(db, deps, sql`ticket.id = any(${sql.param([...found.items])}::bigint[])`);
      const byId = new Map(held.map((one) => [Number(one.page.id), one]));
      const items = found.items.flatMap((id) => byId.get(id) ?? []).map((one) => seenBy(one, reader));
      return holdingPage(ask, { ...found, items });
    },
    async wasHandedOn(code, reader) {
      const { oldCode, fromUserId } = ticketTransfers;
      return (await db.$count(ticketTransfers, and(eq(oldCode, code), eq(fromUserId, reader)))) > 0;
    },
    async nameHolder(tx, code, reader, name) {
      const named = await tx
        .update(tickets)
        .set({ holderName: name })
        .where(and(eq(tickets.code, code), eq(tickets.userId, reader), eq(tickets.status, "valid")))
        .returning({ id: tickets.id });
      purgeOnCommit(tx, [`tickets:${reader}`]);
      return named.length > 0;
    },
  };
}

function seenBy(held: Held, reader: UserId): SeenTicket {
  return { ticket: shownTo(held, reader), isOwn: held.userId === reader, heldBy: held.heldBy };
}
