import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

type Actor = SQLWrapper | string;

/** Whether stewards shut the actor out, or the server that it lives on: "suspended_actor" and "suspended" of the same rules. */
export const isShutOut = (actor: Actor): SQL<boolean> => sql<boolean>`(
  exists (
    select from ap_remote_actors as known join ap_hosts on ap_hosts.host = any(hosts_above(known.host)) and ap_hosts.is_suspended
    where known.uri = ${actor})
  or exists (select from moderation_limits where moderation_limits.actor = ${actor} and kind = 'suspended' and lifted_at is null))`;

const isOurs = (actor: Actor): SQL => sql`not exists (select from ap_remote_actors as known where known.uri = ${actor})`;

/**
 * Whether nothing passes between two actors: the rules of federation/relations/audience.dl, "blocked" and "cut", said once more for
 * statements about many at once.
 */
export const areCut = (one: Actor, other: Actor): SQL<boolean> => sql<boolean>`(
  exists (select from ap_blocks where (actor = ${one} and blocked = ${other}) or (actor = ${other} and blocked = ${one}))
  or exists (
    select from domain_blocks join ap_remote_actors as known on known.host = domain_blocks.domain
    where (domain_blocks.actor = ${one} and known.uri = ${other}) or (domain_blocks.actor = ${other} and known.uri = ${one}))
  or (${isShutOut(other)} and ${isOurs(one)}) or (${isShutOut(one)} and ${isOurs(other)}))`;

/** Whether the reader has muted them, and the mute has not ended. */
export const isMuted = (reader: Actor, actor: Actor): SQL<boolean> => sql<boolean>`exists (
  select from mutes where mutes.actor = ${reader} and mutes.muted = ${actor} and (mutes.until is null or mutes.until > now()))`;

/** Whether the reader sees nothing of them in lists and timelines. */
export const isHiddenFrom = (reader: Actor, actor: Actor): SQL<boolean> =>
  sql<boolean>`(${areCut(reader, actor)} or ${isMuted(reader, actor)})`;
