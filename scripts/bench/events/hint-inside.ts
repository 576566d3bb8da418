import { makeEmitActivity } from "@rose-ash/shared/infrastructure/activities/index.ts";
import { openDb } from "@rose-ash/shared/infrastructure/db.ts";
import { sql } from "drizzle-orm";
import { type Contender, instant } from "./contender.ts";
import { ours, SUBSCRIPTIONS } from "./ours.ts";

const emitActivity = makeEmitActivity(SUBSCRIPTIONS);

/** What we do not do: the hint in the transaction of the change. */
export const hintInside: Contender = {
  ...ours,
  async openEmitter(url, connections) {
    const db = openDb(url, connections);
    return {
      async emit(object) {
        const details = { emittedAt: instant() };
        await db.transaction(async (tx) => {
          await emitActivity(tx, { originApp: "blog", actorId: null, type: "Update", object: { type: "Post", id: object }, details });
          await tx.execute(sql`notify activities_blog`);
        });
      },
      close: () => db.close(),
    };
  },
};
