import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { App } from "../../../models/apps.ts";
import type { Visibility } from "../../../models/federation.ts";
import type { DeliveryId } from "../../../models/ids.ts";
import type { Db } from "../../db.ts";
import { digestOf, type SignatureStyle } from "../signatures/index.ts";

/** A delivery in hand. body: the activity as it goes out, one for all deliveries of it that were claimed together. attempts counts this one. failures: of the host, in a row, before it. */
export interface ClaimedDelivery {
  readonly id: DeliveryId;
  readonly lease: string;
  readonly inbox: string;
  readonly host: string;
  readonly object: string;
  readonly attempts: number;
  readonly failures: number;
  readonly style: SignatureStyle;
  readonly app: App;
  readonly actor: string;
  readonly visibility: Visibility;
  readonly body: OutgoingBody;
}

/** Bytes that go to many, with the digest that each request is signed over. */
export interface OutgoingBody {
  readonly bytes: Buffer;
  readonly digest: string;
}

const LEASE_SECONDS = 60;
const OF_ONE_HOST = 4;
/** What was said and is not out yet: so many take turns at once. */
const MOST_TURNS = 50;

/**
 * Takes as many as there is room for. What nobody has tried yet goes by turns: of each thing that was said as many as of any other,
 * so that what has ten readers does not wait behind what has a hundred thousand. A quarter of the room is for what failed before and
 * is due. Of what is about one object an inbox gets the first unsettled one only; of one host few are under way at a time. While
 * nothing goes out (contracts/outgoing.ts) nothing is due.
 */
export async function claim(db: Db, room: number, busyHosts: readonly string[]): Promise<ClaimedDelivery[]> {
  const lease = randomUUID();
  const isFree = sql`one.state = 'pending' and one.host <> all(${sql.param([...busyHosts])}::text[]) and not exists (
    select from ap_deliveries as earlier
    where earlier.inbox = one.inbox and earlier.object = one.object and earlier.id < one.id and earlier.state = 'pending')`;
  const { rows } = await db.execute<ClaimedRow>(sql`
    with recursive said as (
      (select outgoing_id as id, 1 as turn from ap_deliveries where state = 'pending' and is_first order by outgoing_id limit 1)
      union all
      select (select outgoing_id from ap_deliveries
              where state = 'pending' and is_first and outgoing_id > said.id order by outgoing_id limit 1), said.turn + 1
      from said where said.id is not null and said.turn < ${MOST_TURNS}
    ), turns as (
      select id, ceil(${room}::numeric / (select greatest(count(id), 1) from said))::int as share from said where id is not null
    ), candidate as (
      select first.id, first.host from turns cross join lateral (
        select one.id, one.host from ap_deliveries as one
        where one.outgoing_id = turns.id and one.is_first and ${isFree}
        order by one.id limit turns.share) as first
      union all
      select again.id, again.host from (
        select one.id, one.host from ap_deliveries as one
        where not one.is_first and one.next_attempt_at <= now() and ${isFree}
        order by one.next_attempt_at, one.id limit ${Math.ceil(room / 4)}::int) as again
    ), spread as (
      select id, row_number() over (partition by host order by id) as number from candidate
    ), due as (
      select id from ap_deliveries
      where id in (select id from spread where number <= ${OF_ONE_HOST}) and state = 'pending' and (is_first or next_attempt_at <= now())
        and (select outgoing_paused_at()) is null
      for update skip locked
    ), taken as (
    update ap_deliveries as delivery
    set lease = ${lease}::uuid, attempts = delivery.attempts + 1, is_first = false, next_attempt_at = now() + ${LEASE_SECONDS}::int * interval '1 second'
    from due where delivery.id = due.id
    returning delivery.id, delivery.inbox, delivery.host, delivery.object, delivery.attempts, delivery.outgoing_id
    )
    select taken.id, taken.inbox, taken.host, taken.object, taken.attempts, taken.outgoing_id as outgoing, outgoing.app, outgoing.actor, outgoing.visibility,
      case when row_number() over (partition by taken.outgoing_id order by taken.id) = 1 then outgoing.document end as document,
      coalesce(known.failures, 0) as failures, coalesce(known.signature_style, 'cavage') as style
    from taken join ap_outgoing as outgoing on outgoing.id = taken.outgoing_id left join ap_hosts as known on known.host = taken.host
    order by taken.outgoing_id, taken.id`);
  const bodies = new Map(rows.flatMap(({ outgoing, document }) => (document === null ? [] : [[outgoing, bodyOf(document)] as const])));
  return rows.flatMap(({ id, outgoing, document: _, ...row }) => {
    const body = bodies.get(outgoing);
    return body === undefined ? [] : [{ ...row, id: Number(id) as DeliveryId, lease, body }];
  });
}

function bodyOf(document: string): OutgoingBody {
  const bytes = Buffer.from(document);
  return { bytes, digest: digestOf(bytes) };
}

type ClaimedRow = { id: string; outgoing: string; document: string | null } & Omit<ClaimedDelivery, "id" | "lease" | "body">;
