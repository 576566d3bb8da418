import { type SQL, sql } from "drizzle-orm";
import { sharedRelations } from "../../relations/index.ts";
import { addressHash } from "./address-hash.ts";

/**
 * Who a list is sent to: the rules "subscribed" and "mailable" of account/relations/affairs.dl, said once more for all at once. A
 * query of one column, the subscriber. slug: the list's. Members who get a list by their group need a subscriber of their own: see
 * keepMembers.
 */
export function mailableTo(slug: SQL): SQL {
  return sql`
    select s.id from subscribers s
    where s.id in (
        select b.subscriber_id from newsletter_subscriptions b join newsletters n on n.id = b.newsletter_id
        where n.slug = ${slug} and b.state = 'subscribed'
        union select main.id from subscribers main join (${mainAddresses(slug)}) a on a.email = main.email
        union ${stated("account.subscribed", slug)})
      and not exists (
        select from newsletter_subscriptions o join newsletters n on n.id = o.newsletter_id
        where o.subscriber_id = s.id and n.slug = ${slug} and o.state = 'unsubscribed')
      and s.id not in (${stated("account.opted_out", slug)})
      and not ${isSuppressed(sql`s`)}`;
}

/** What may have changed since somebody was written down: they said no, or must not be written to. s: a row of subscribers. */
export function isStillMailable(s: SQL, newsletterId: SQL, slug: SQL): SQL {
  return sql`(not exists (
      select from newsletter_subscriptions o where o.subscriber_id = ${s}.id and o.newsletter_id = ${newsletterId} and o.state = 'unsubscribed')
    and ${s}.id not in (${stated("account.opted_out", slug)}) and not ${isSuppressed(s)})`;
}

/** Makes subscribers of those who get the list by their group alone; returns nothing. */
export function keepMembers(slug: SQL): SQL {
  return sql`
    insert into subscribers (email, user_id)
    select a.email, a.user_id from (${mainAddresses(slug)}) a
    where not exists (select from newsletter_suppressions x where x.address_hash = ${addressHash(sql`a.email`)})
    on conflict (email) do nothing`;
}

/** Members of a group, "shared.member" of the rights: who was put into it or into a part of it; everybody is in "coop". */
export function membersOf(groups: SQL): SQL {
  return sql`
    with recursive part (name) as (${groups} union select p.c0 from part join (${allOf("part_of")}) p on p.c1 = part.name)
    select substring(m.c0 from '^user:([0-9]{1,18})$')::bigint as user_id
    from part join (${allOf("member")}) m on m.c1 = part.name
    where m.c0 ~ '^user:[0-9]{1,18}$'
    union select c0 from (${projected("active")}) a where exists (select from part where name = 'coop')`;
}

/** What is stated of a relation of two columns, and what tables say of it, as text. */
function allOf(relation: "part_of" | "member"): SQL {
  const first = relation === "member" ? sql`'user:' || p.c0` : sql`p.c0`;
  return sql`
    select f.arguments ->> 0 as c0, f.arguments ->> 1 as c1 from relation_facts f where f.relation = ${`shared.${relation}`} and ${IS_CURRENT}
    union all select ${first}, p.c1 from (${projected(relation)}) p`;
}

/** The tables that the shared relations read, by the very queries with which they do. */
function projected(relation: "part_of" | "member" | "active"): SQL {
  const projections = sharedRelations.onDemand?.relations[relation]?.projections ?? [];
  return sql.join(
    projections.map(({ select }) => sql.raw(select)),
    sql` union all `,
  );
}

const IS_CURRENT = sql`coalesce(f.expires_at > statement_timestamp(), true)`;

/** Their main address, where it is verified. */
function mainAddresses(slug: SQL): SQL {
  const groups = sql`
    select n.group_name from newsletters n where n.slug = ${slug} and n.group_name is not null
    union select f.arguments ->> 1 from relation_facts f
    where f.relation = 'account.bulletin' and f.arguments -> 0 = to_jsonb(${slug}::text) and ${IS_CURRENT}`;
  return sql`
    select e.email, e.user_id from user_emails e join (${membersOf(groups)}) m on m.user_id = e.user_id
    where e.is_primary and e.verified_at is not null`;
}

/** Of whom somebody states this about the list. */
function stated(relation: "account.subscribed" | "account.opted_out", slug: SQL): SQL {
  return sql`
    select substring(f.arguments ->> 0 from '^subscriber:([0-9]{1,18})$')::bigint from relation_facts f
    where f.relation = ${relation} and f.arguments -> 1 = to_jsonb(${slug}::text) and f.arguments ->> 0 ~ '^subscriber:[0-9]{1,18}$' and ${IS_CURRENT}`;
}

function isSuppressed(s: SQL): SQL {
  return sql`(exists (select from newsletter_suppressions x where x.address_hash = ${addressHash(sql`${s}.email`)})
    or exists (
      select from relation_facts f
      where f.relation = 'account.suppressed' and f.arguments = jsonb_build_array('subscriber:' || ${s}.id) and ${IS_CURRENT}))`;
}
