import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

type Actor = SQLWrapper | string;

/** Whether somebody asserted this of two in a relation of federation: it counts beside what tables say. */
export const isAsserted = (relation: string, one: Actor, other: Actor): SQL<boolean> => sql<boolean>`exists (
  select from relation_facts as said where said.relation = ${`federation.${relation}`} and said.arguments -> 0 = to_jsonb(${one}::text)
    and said.arguments -> 1 = to_jsonb(${other}::text) and (said.expires_at is null or said.expires_at > now()))`;

/** Whether stewards shut a host out, or one above it: "suspended". */
export const isHostShutOut = (host: SQL): SQL<boolean> => sql<boolean>`(
  exists (select from ap_hosts as shut where shut.host = any(hosts_above(${host})) and shut.is_suspended)
  or exists (select from relation_facts as said where said.relation = 'federation.suspended' and said.arguments ->> 0 = any(hosts_above(${host}))
    and (said.expires_at is null or said.expires_at > now())))`;

/** Whether an actor wants nothing to do with a host, or one above it: "blocks_domain". */
export const blocksHost = (actor: Actor, host: SQL): SQL<boolean> =>
  sql<boolean>`exists (select from domain_blocks as shut where shut.actor = ${actor} and shut.domain = any(hosts_above(${host})))`;

/** Whether stewards shut the actor out, or the server that it lives on: "suspended_actor" and "suspended" of the same rules. */
export const isShutOut = (actor: Actor): SQL<boolean> => sql<boolean>`(
  exists (select from ap_remote_actors as known where known.uri = ${actor} and ${isHostShutOut(sql`known.host`)})
  or exists (select from moderation_limits where moderation_limits.actor = ${actor} and kind = 'suspended' and lifted_at is null))`;

const isOurs = (actor: Actor): SQL => sql`not exists (select from ap_remote_actors as known where known.uri = ${actor})`;

/**
 * Whether nothing passes between two actors: the rules of federation/relations/audience.dl, "blocked" and "cut", said once more for
 * statements about many at once.
 */
export const areCut = (one: Actor, other: Actor): SQL<boolean> => sql<boolean>`(
  exists (select from ap_blocks where (actor = ${one} and blocked = ${other}) or (actor = ${other} and blocked = ${one}))
  or exists (select from ap_remote_actors as known where known.uri = ${other} and ${blocksHost(one, sql`known.host`)})
  or exists (select from ap_remote_actors as known where known.uri = ${one} and ${blocksHost(other, sql`known.host`)})
  or ${isAsserted("blocked", one, other)} or ${isAsserted("blocked", other, one)}
  or (${isShutOut(other)} and ${isOurs(one)}) or (${isShutOut(one)} and ${isOurs(other)}))`;

/** Whether the reader has muted them, and the mute has not ended. */
export const isMuted = (reader: Actor, actor: Actor): SQL<boolean> => sql<boolean>`exists (
  select from mutes where mutes.actor = ${reader} and mutes.muted = ${actor} and (mutes.until is null or mutes.until > now()))`;

/** Whether the reader sees nothing of them in lists and timelines. */
export const isHiddenFrom = (reader: Actor, actor: Actor): SQL<boolean> =>
  sql<boolean>`(${areCut(reader, actor)} or ${isMuted(reader, actor)})`;
