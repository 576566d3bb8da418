import { sql } from "drizzle-orm";
import { backoffMs } from "../../activities/index.ts";
import type { Db } from "../../db.ts";
import type { ClaimedDelivery } from "./claim.ts";
import type { Sent } from "./send.ts";

/** Sixteen tries take almost three days. */
const TRIES = 16;
const BACKOFF = { baseMs: 30_000, maxMs: 12 * 3_600_000 };
/** A host that fails so often in a row is left alone, with all that waits for it. */
const FAILURES = 5;

export interface Settler {
  /** Resolves when it is written down. */
  settle(delivery: ClaimedDelivery, sent: Sent): Promise<void>;
}

interface Done {
  readonly delivery: ClaimedDelivery;
  readonly resolve: () => void;
}

/** Writes down how tries ended: those that went well together, the others one by one. What can't be written down is tried again when its lease is over. */
export function makeSettler(db: Db, log: { warn(context: object, message: string): void }): Settler {
  let waiting: Done[] = [];
  let isBusy = false;
  const drain = async () => {
    isBusy = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await settleDone(
        db,
        batch.map(({ delivery }) => delivery),
      ).catch((err: unknown) => log.warn({ err }, "deliveries could not be settled"));
      for (const { resolve } of batch) resolve();
    }
    isBusy = false;
  };
  return {
    async settle(delivery, sent) {
      if (sent.kind === "done" && delivery.failures === 0 && sent.style === delivery.style)
        return new Promise((resolve) => {
          waiting.push({ delivery, resolve });
          if (!isBusy) setImmediate(() => !isBusy && void drain());
        });
      await settleOne(db, delivery, sent).catch((err: unknown) => log.warn({ err }, "a delivery could not be settled"));
    },
  };
}

async function settleDone(db: Db, deliveries: readonly ClaimedDelivery[]): Promise<void> {
  const [ids, leases] = [deliveries.map(({ id }) => id), deliveries.map(({ lease }) => lease)];
  await db.execute(sql`
    update ap_deliveries as delivery set state = 'done', lease = null, settled_at = now(), last_error = null
    from unnest(${sql.param(ids)}::bigint[], ${sql.param(leases)}::uuid[]) as mine (id, lease)
    where delivery.id = mine.id and delivery.lease = mine.lease`);
}

async function settleOne(db: Db, delivery: ClaimedDelivery, sent: Sent): Promise<void> {
  if (sent.kind === "done") {
    await db.execute(sql`
      insert into ap_hosts (host, signature_style) values (${delivery.host}, ${sent.style})
      on conflict (host) do update set failures = 0, rests_until = null, last_error = null, signature_style = excluded.signature_style`);
    return settleDone(db, [delivery]);
  }
  if (sent.kind === "again") return putOff(db, delivery, sent);
  if (sent.kind === "gone") return dropThere(db, delivery);
  await db.execute(sql`
    update ap_deliveries set state = 'dead', lease = null, settled_at = now(), last_error = ${sent.reason}
    where id = ${delivery.id} and lease = ${delivery.lease}::uuid`);
}

/** Later, and what waits behind it on the same object with it; after the last try it is dead. Its host, failing again, gets a rest. */
async function putOff(db: Db, { id, lease, attempts, host }: ClaimedDelivery, { reason, afterSeconds }: Extract<Sent, { kind: "again" }>) {
  const delayMs = Math.round(Math.max(backoffMs(attempts, BACKOFF, Math.random), (afterSeconds ?? 0) * 1000));
  await db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ failures: number }>(sql`
      insert into ap_hosts (host, failures, last_error) values (${host}, 1, ${reason})
      on conflict (host) do update set failures = ap_hosts.failures + 1, last_error = excluded.last_error
      returning failures`);
    await tx.execute(sql`
      with mine as (
        update ap_deliveries
        set lease = null, last_error = ${reason}, next_attempt_at = now() + ${delayMs}::int * interval '1 millisecond',
          state = case when attempts >= ${TRIES} then 'dead' else 'pending' end,
          settled_at = case when attempts >= ${TRIES} then now() end
        where id = ${id} and lease = ${lease}::uuid
        returning id, inbox, object, state, next_attempt_at
      )
      update ap_deliveries as behind set is_first = false, next_attempt_at = mine.next_attempt_at
      from mine
      where mine.state = 'pending' and behind.inbox = mine.inbox and behind.object = mine.object and behind.id > mine.id
        and behind.state = 'pending' and behind.lease is null`);
    const failures = Number(rows[0]?.failures ?? 0);
    if (failures >= FAILURES) await letRest(tx, host, Math.round(backoffMs(failures - FAILURES + 2, BACKOFF, Math.random)));
  });
}

/** All that waits for the host waits for the end of its rest; what has waited for five days is given up. */
async function letRest(tx: Parameters<Parameters<Db["transaction"]>[0]>[0], host: string, restMs: number): Promise<void> {
  await tx.execute(sql`update ap_hosts set rests_until = now() + ${restMs}::int * interval '1 millisecond' where host = ${host}`);
  await tx.execute(sql`
    update ap_deliveries
    set is_first = false, next_attempt_at = greatest(next_attempt_at, now() + ${restMs}::int * interval '1 millisecond'),
      state = case when created_at < now() - interval '5 days' then 'dead' else 'pending' end,
      settled_at = case when created_at < now() - interval '5 days' then now() end,
      last_error = coalesce(last_error, 'the host does not answer')
    where host = ${host} and state = 'pending' and lease is null`);
}

/** 410: the inbox is no more. Who read there follows nobody of ours any more, and nothing else is tried. */
async function dropThere(db: Db, { id, lease, inbox }: ClaimedDelivery): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`
      delete from ap_follows using ap_remote_actors as known
      where known.uri = ap_follows.follower and (coalesce(known.shared_inbox, known.inbox) = ${inbox} or known.inbox = ${inbox})`);
    await tx.execute(sql`
      update ap_deliveries set state = 'discarded', lease = null, settled_at = now(), last_error = 'nobody is there any more'
      where inbox = ${inbox} and state = 'pending' and (lease is null or (id = ${id} and lease = ${lease}::uuid))`);
  });
}
