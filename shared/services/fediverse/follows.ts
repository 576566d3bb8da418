import { and, eq, ne, sql } from "drizzle-orm";
import type { FediverseService, FollowView } from "../../contracts/fediverse.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { apFollows, apRemoteActors } from "../../models/fediverse.ts";
import { profiles } from "../../models/people.ts";
import { areCut } from "../people/hidden.ts";

type Follows = Pick<
  FediverseService,
  "findFollow" | "acceptFollower" | "askToFollow" | "answerFollow" | "removeFollow" | "listLocalFollowers" | "noteMove" | "movedLately"
>;

const COLUMNS = { follower: apFollows.follower, followed: apFollows.followed, state: apFollows.state, activity: apFollows.activity };
const KEY = [apFollows.follower, apFollows.followed];
const isOf = (follower: string, followed: string) => and(eq(apFollows.follower, follower), eq(apFollows.followed, followed));

export function makeFollows({ db, publicUrl }: ServiceDeps): Follows {
  const ours = `${publicUrl("federation", "/ap/")}%`;
  return {
    async findFollow(follower, followed) {
      const [row] = await db.select(COLUMNS).from(apFollows).where(isOf(follower, followed));
      return row ?? null;
    },
    async acceptFollower(tx, { follower, followed, activity }) {
      const isNamedSo = and(eq(apFollows.activity, activity), ne(apFollows.follower, follower));
      const [taken] = await tx.select({ follower: apFollows.follower }).from(apFollows).where(isNamedSo);
      if (taken !== undefined || (await isCut(tx, follower, followed))) return "refused";
      const [asks] = await tx.select({ isLocked: profiles.isLocked }).from(profiles).where(eq(profiles.uri, followed));
      const isLocked = asks?.isLocked ?? false;
      const first = isLocked ? ({ state: "asked", acceptedAt: null } as const) : ({ state: "accepted", acceptedAt: sql`now()` } as const);
      const isLetIn = sql`${apFollows.state} = 'accepted'`; // who follows already does so still
      const again = {
        state: sql`case when ${isLetIn} then 'accepted' else excluded.state end`,
        acceptedAt: sql`case when ${isLetIn} then ${apFollows.acceptedAt} else excluded.accepted_at end`,
      };
      const [row] = await tx
        .insert(apFollows)
        .values({ follower, followed, activity, ...first })
        .onConflictDoUpdate({ target: KEY, set: { activity, ...again } })
        .returning({ state: apFollows.state });
      return row?.state ?? "refused";
    },
    async askToFollow(tx, { follower, followed, activity }) {
      const asked = { activity, state: "asked", acceptedAt: null } as const;
      await tx
        .insert(apFollows)
        .values({ follower, followed, ...asked })
        .onConflictDoUpdate({ target: KEY, set: asked, setWhere: sql`${apFollows.state} <> 'accepted'` });
    },
    async answerFollow(tx, followed, { activity, follower }, isAccepted) {
      const which = activity === null ? eq(apFollows.follower, follower ?? "") : eq(apFollows.activity, activity);
      const set = isAccepted ? ({ state: "accepted", acceptedAt: sql`now()` } as const) : ({ state: "refused", acceptedAt: null } as const);
      const from = isAccepted ? sql`${apFollows.state} = 'asked'` : sql`${apFollows.state} <> 'refused'`;
      const { rowCount } = await tx
        .update(apFollows)
        .set(set)
        .where(and(eq(apFollows.followed, followed), which, from));
      return (rowCount ?? 0) > 0;
    },
    async removeFollow(tx, follower, followed) {
      const [row] = await tx.delete(apFollows).where(isOf(follower, followed)).returning(COLUMNS);
      return row ?? null;
    },
    listLocalFollowers: (followed): Promise<FollowView[]> =>
      db
        .select(COLUMNS)
        .from(apFollows)
        .where(and(eq(apFollows.followed, followed), sql`${apFollows.follower} like ${ours}`)),
    async movedLately(actor) {
      const { rows } = await db.execute(sql`
        select from ap_inbox where actor = ${actor} and type = 'Move' and outcome like 'moved%' and received_at > now() - interval '7 days' limit 1`);
      return rows.length > 0;
    },
    async noteMove(tx, from, to) {
      await tx.update(apRemoteActors).set({ movedTo: to }).where(eq(apRemoteActors.uri, from));
    },
  };
}

async function isCut(tx: Tx, one: string, other: string): Promise<boolean> {
  const { rows } = await tx.execute<{ cut: boolean }>(sql`select ${areCut(sql`${one}::text`, sql`${other}::text`)} as cut`);
  return rows[0]?.cut ?? false;
}
