import { and, asc, count, desc, eq, or, sql } from "drizzle-orm";
import type { PeopleService, PersonView, Standing } from "../../contracts/people.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { apBlocks, apFollows } from "../../models/fediverse.ts";
import { domainBlocks, followExceptions, mutes, postAlerts, profiles } from "../../models/people.ts";
import type { FindPeople } from "./find-people.ts";
import { areCut } from "./hidden.ts";

type Follows = Pick<
  PeopleService,
  | "standing"
  | "standings"
  | "listFamiliar"
  | "isCutOff"
  | "isLocked"
  | "listFollowers"
  | "listFollowing"
  | "countRequests"
  | "acceptRequest"
  | "except"
  | "alert"
>;

const ON_PAGE = 100;
const MOST_FAMILIAR = 10;

interface StandingRow extends Omit<Standing, "mutes">, Record<string, unknown> {
  uri: string;
  isMuted: boolean;
  until: string | null;
  hidesNotifications: boolean | null;
}

function standingOf({ isMuted, until, hidesNotifications, uri: _, ...rest }: StandingRow): Standing {
  const mutes = isMuted ? { until: until === null ? null : new Date(until), hidesNotifications: hidesNotifications === true } : null;
  return { ...rest, mutes };
}

export function makeFollows({ db, clock }: ServiceDeps, findPeople: FindPeople): Follows {
  return {
    async standing(actor, other) {
      const between = or(isOf(actor, other), isOf(other, actor));
      const [follows, blocks, muted, domains, exceptions, alerts] = await Promise.all([
        db.select({ follower: apFollows.follower, state: apFollows.state }).from(apFollows).where(between),
        db
          .select()
          .from(apBlocks)
          .where(and(eq(apBlocks.actor, actor), eq(apBlocks.blocked, other))),
        db
          .select()
          .from(mutes)
          .where(and(eq(mutes.actor, actor), eq(mutes.muted, other))),
        db
          .select()
          .from(domainBlocks)
          .where(and(eq(domainBlocks.actor, actor), sql`${domainBlocks.domain} = any(hosts_above(${hostOf(other)}))`)),
        db
          .select()
          .from(followExceptions)
          .where(and(eq(followExceptions.actor, actor), eq(followExceptions.other, other))),
        db.$count(postAlerts, and(eq(postAlerts.actor, actor), eq(postAlerts.other, other))),
      ]);
      const [mute] = muted.filter(({ until }) => until === null || until > clock.now());
      return {
        follows: follows.find(({ follower }) => follower === actor)?.state ?? null,
        followedBy: follows.find(({ follower }) => follower === other)?.state ?? null,
        ...{ blocks: blocks.length > 0, blocksDomain: domains.length > 0, hasException: exceptions.length > 0, isAlerted: alerts > 0 },
        mutes: mute === undefined ? null : { until: mute.until, hidesNotifications: mute.hidesNotifications },
      };
    },
    async standings(actor, others) {
      if (others.length === 0) return new Map();
      const { rows } = await db.execute<StandingRow>(sql`
        select o.uri, out.state as follows, back.state as "followedBy", block.actor is not null as blocks,
          domain.actor is not null as "blocksDomain", mute.actor is not null as "isMuted", mute.until, mute.hides_notifications as "hidesNotifications",
          exception.actor is not null as "hasException", alert.actor is not null as "isAlerted"
        from unnest(${sql.param([...others])}::text[]) as o (uri)
        left join ap_follows out on out.follower = ${actor} and out.followed = o.uri
        left join ap_follows back on back.follower = o.uri and back.followed = ${actor}
        left join ap_blocks block on block.actor = ${actor} and block.blocked = o.uri
        left join domain_blocks domain on domain.actor = ${actor} and domain.domain = split_part(o.uri, '/', 3)
        left join mutes mute on mute.actor = ${actor} and mute.muted = o.uri and (mute.until is null or mute.until > ${clock.now()})
        left join follow_exceptions exception on exception.actor = ${actor} and exception.other = o.uri
        left join post_alerts alert on alert.actor = ${actor} and alert.other = o.uri`);
      return new Map(rows.map((row) => [row.uri, standingOf(row)]));
    },
    async listFamiliar(actor, other) {
      const { rows } = await db.execute<{ uri: string }>(sql`
        select theirs.follower as uri from ap_follows theirs
        join ap_follows mine on mine.follower = ${actor} and mine.followed = theirs.follower and mine.state = 'accepted'
        where theirs.followed = ${other} and theirs.state = 'accepted' order by theirs.accepted_at desc, theirs.follower limit ${MOST_FAMILIAR}`);
      return rows.map(({ uri }) => uri);
    },
    async isCutOff(tx, one, other) {
      const { rows } = await tx.execute<{ cut: boolean }>(sql`select ${areCut(sql`${one}::text`, sql`${other}::text`)} as cut`);
      return rows[0]?.cut ?? false;
    },
    async isLocked(actor) {
      const [row] = await db.select({ isLocked: profiles.isLocked }).from(profiles).where(eq(profiles.uri, actor));
      return row?.isLocked ?? false;
    },
    async listFollowers(actor, state, page) {
      const rows = await db
        .select({ uri: apFollows.follower })
        .from(apFollows)
        .where(and(eq(apFollows.followed, actor), eq(apFollows.state, state)))
        .orderBy(desc(apFollows.createdAt), asc(apFollows.follower))
        .limit(ON_PAGE)
        .offset((page - 1) * ON_PAGE);
      return inOrder(await findPeople(rows.map(({ uri }) => uri)), rows);
    },
    async listFollowing(actor, page) {
      const rows = await db
        .select({ uri: apFollows.followed, state: apFollows.state })
        .from(apFollows)
        .where(eq(apFollows.follower, actor))
        .orderBy(desc(apFollows.createdAt), asc(apFollows.followed))
        .limit(ON_PAGE)
        .offset((page - 1) * ON_PAGE);
      return inOrder(await findPeople(rows.map(({ uri }) => uri)), rows);
    },
    async countRequests(actor) {
      const [row] = await db
        .select({ count: count() })
        .from(apFollows)
        .where(and(eq(apFollows.followed, actor), eq(apFollows.state, "asked")));
      return row?.count ?? 0;
    },
    async acceptRequest(tx, follower, followed) {
      const [row] = await tx
        .update(apFollows)
        .set({ state: "accepted", acceptedAt: sql`now()` })
        .where(and(isOf(follower, followed), eq(apFollows.state, "asked")))
        .returning({ activity: apFollows.activity });
      return row === undefined ? null : { follower, followed, state: "accepted", activity: row.activity };
    },
    async alert(tx, actor, other, isWanted) {
      if (!isWanted) {
        await tx.delete(postAlerts).where(and(eq(postAlerts.actor, actor), eq(postAlerts.other, other)));
        return true;
      }
      const { rowCount } = await tx.execute(sql`
        insert into post_alerts (actor, other) select follower, followed from ap_follows
        where follower = ${actor} and followed = ${other} and state <> 'refused'
        on conflict (actor, other) do update set other = excluded.other`);
      return rowCount === 1;
    },
    async except(tx, actor, other, isExcepted) {
      if (isExcepted) await tx.insert(followExceptions).values({ actor, other }).onConflictDoNothing();
      else await tx.delete(followExceptions).where(and(eq(followExceptions.actor, actor), eq(followExceptions.other, other)));
    },
  };
}

const isOf = (follower: string, followed: string) => and(eq(apFollows.follower, follower), eq(apFollows.followed, followed));
const hostOf = (uri: string): string => URL.parse(uri)?.host ?? "";

/** The people of these rows, in their order, with what else a row says of them; whoever is not known is left out. */
export function inOrder<Row extends { uri: string }>(people: ReadonlyMap<string, PersonView>, rows: readonly Row[]): (PersonView & Row)[] {
  return rows.flatMap((row) => {
    const person = people.get(row.uri);
    return person === undefined ? [] : [{ ...person, ...row }];
  });
}
