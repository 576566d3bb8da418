import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { makeHandlers } from "../../federation/handlers/index.ts";
import type { Activity } from "../../shared/contracts/activities.ts";
import type { ActivityId } from "../../shared/models/ids.ts";
import type { TestApp } from "../app.ts";
import { type PeerActor, signed } from "../peer.ts";

const AS = "https://www.w3.org/ns/activitystreams";

/** What other servers send to federation, and what it does about it, one after the other and at once. */
export interface Arrivals {
  /** Sends it to the inbox, has it handled, and gives what was made of it. */
  arrive(actor: PeerActor, activity: Record<string, unknown>): Promise<string>;
  /** Has one handler handle an activity. */
  handle(name: string, activity: Partial<Activity>): Promise<void>;
  /** What we said since the last question, the oldest first, as documents. */
  said(): Promise<Record<string, unknown>[]>;
}

export function arrivalsAt(site: TestApp): Arrivals {
  const handlers = makeHandlers(site.app);
  let number = 0;
  let seen = 0;
  const handle: Arrivals["handle"] = async (name, activity) => {
    const handler = handlers.find((one) => one.name === name) ?? expect.fail();
    const whole: Activity = {
      ...{ id: 1 as ActivityId, originApp: "federation", actorId: null, type: "Create", object: { type: "Post", id: "1" }, details: {} },
      ...{ visibility: "internal", publishedAt: new Date(), ...activity },
    };
    if (handler.kind === "transaction") await site.app.transaction((tx) => handler.handle(tx, whole));
    else await handler.handle(whole, new AbortController().signal);
  };
  return {
    handle,
    async arrive(actor, activity) {
      number += 1;
      const whole = { "@context": AS, id: `${new URL(actor.uri).origin}/arrivals/${number}`, actor: actor.uri, ...activity };
      const { headers, payload } = await signed(actor, `${site.origin}/ap/inbox`, whole);
      const host = new URL(site.origin).host;
      const { statusCode } = await site.app.inject({ method: "POST", url: "/ap/inbox", headers: { ...headers, host }, payload });
      expect(statusCode).toBe(202);
      const { rows } = await site.db.execute<{ id: string; details: Activity["details"] }>(sql`
        select ap_inbox.id, details from ap_inbox
        join ap_activities on object_type = 'Incoming' and (details ->> 'incoming')::bigint = ap_inbox.id
        order by ap_inbox.id desc limit 1`);
      const [row] = rows;
      if (row === undefined) return "nothing";
      await handle("federation.receive", { details: row.details });
      const { rows: outcomes } = await site.db.execute<{ outcome: string }>(sql`select outcome from ap_inbox where id = ${row.id}`);
      return outcomes[0]?.outcome ?? "nothing";
    },
    async said() {
      const { rows } = await site.db.execute<{ id: string; document: string }>(
        sql`select id, document from ap_outgoing where id > ${seen} order by id`,
      );
      seen = Number(rows.at(-1)?.id ?? seen);
      return rows.map(({ document }) => JSON.parse(document) as Record<string, unknown>); // as it was serialised
    },
  };
}
