import { type SQL, sql } from "drizzle-orm";
import { usedIds } from "../media/used-ids.ts";
import type { Person, Where } from "./holding.ts";

/** No rows: nothing in this table is a member's. */
export const nobodys: Where = () => sql`false`;

/** Rows that name the person by their number. */
export const ofUser =
  (column: string): Where =>
  ({ userId }) =>
    sql`${sql.raw(column)} = ${userId}`;

/** Rows that name the person by one of their mail addresses. */
export const ofEmail =
  (column: string): Where =>
  ({ emails }) =>
    sql`lower(${sql.raw(column)}) = any(${textArray(emails)})`;

/** What they did signed in, and what they did as a guest by the same address. */
export const ofUserOrEmail =
  (user: string, email: string): Where =>
  (who) =>
    sql`(${ofUser(user)(who)} or ${ofEmail(email)(who)})`;

/** Rows that name the person's actor. */
export const ofActor =
  (...columns: readonly string[]): Where =>
  ({ actor }) =>
    sql`(${sql.join(
      columns.map((column) => sql`${sql.raw(column)} = ${actor}`),
      sql` or `,
    )})`;

/** Rows whose order is the person's. */
export const ofOwnOrders =
  (column: string): Where =>
  (who) =>
    sql`${sql.raw(column)} in (select id from orders where ${ofUserOrEmail("user_id", "email")(who)})`;

/** Rows in whose text the person's actor or one of their mail addresses stands. */
export const named =
  (text: string): Where =>
  (who) =>
    sql`${sql.raw(text)} ~* ${namesOf(who)}`;

/** Posts that they wrote, alone or with others. */
export const postsOf: Where = ({ userId }) => sql`id in (select post_id from post_authors where user_id = ${userId})`;

/** Posts that nobody else wrote with them, and that do not stay. */
export const ownPosts: Where = ({ userId, keepsPosts }) => sql`
  id in (select post_id from post_authors group by post_id having array_agg(user_id) = array[${userId}::bigint])
  and (status <> 'published' or deleted_at is not null or not ${keepsPosts})`;

/** Files that the person brought. */
export const brought: Where = ({ userId }) => sql`id in (select media_id from uploads where user_id = ${userId})`;

/** The person's files that nothing shows, once what they wrote is gone. */
export const unusedFiles: Where = (who) => sql`
  ${brought(who)} and id not in (select id from ${usedIds} as used (id) where id is not null)`;

/** The actor's address in a text, whole: that of "ada" does not stand in that of "ada-2". */
function namesOf({ actor, emails, address }: Person): string {
  return `(${[actor, profileOf(actor), address, ...emails].map(escapeRegex).join("|")})(?![a-z0-9-])`;
}

/** SQL for the same text or JSON with another actor in the place of theirs. */
export function withoutActor(column: string, type: "text" | "jsonb" | "text[]"): Where {
  return (who) => {
    const text = sql`${sql.raw(column)}::text`;
    const address = sql`regexp_replace(${text}, ${`${escapeRegex(who.actor)}(?![a-z0-9-])`}, ${who.formerActor}, 'g')`;
    const page = sql`regexp_replace(${address}, ${`${escapeRegex(profileOf(who.actor))}(?![a-z0-9-])`}, ${profileOf(who.formerActor)}, 'g')`;
    const name = sql`regexp_replace(${page}, ${`@${escapeRegex(who.handle)}(?![a-z0-9-])`}, ${`@${who.former}`}, 'g')`;
    return sql`${name}::${sql.raw(type)}`;
  };
}

export function textArray(values: readonly string[]): SQL {
  return sql`${sql.param([...values])}::text[]`;
}

/** The page of a member, by the address of their actor. */
const profileOf = (actor: string) => actor.replace("/ap/members/", "/@");

const escapeRegex = (text: string) => text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
