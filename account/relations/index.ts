import type { RelationsDeclaration } from "@rose-ash/shared/infrastructure/relations/index.ts";
import { booksCloseAt } from "@rose-ash/shared/models/books.ts";

const BY_STAFF = { assertedBy: "assert-facts" } as const;

/** Mail, tickets of those one looks after, and what must be kept. */
export const relations: RelationsDeclaration = {
  owner: "account",
  folder: import.meta.dirname,
  purges: [],
  materialised: null,
  onDemand: {
    file: "affairs.dl",
    relations: {
      bulletin: {
        columns: ["newsletter", "group"],
        says: "{newsletter} is for {group}",
        assertedBy: "assert-facts",
        seenBy: "everyone",
        projections: [
          {
            name: "lists that are for a group",
            kinds: ["text", "text"],
            select: "select slug as c0, group_name as c1 from newsletters where group_name is not null",
          },
        ],
      },
      confirmed_email: {
        columns: ["user"],
        says: "{user} has confirmed a mail address",
        projections: [
          {
            name: "verified addresses",
            kinds: ["user"],
            select: "select user_id as c0 from user_emails where verified_at is not null",
          },
        ],
      },
      main_address: {
        columns: ["user", "subscriber"],
        says: "{subscriber} is the main address of {user}",
        projections: [
          {
            name: "main addresses",
            kinds: ["user", "subscriber"],
            select: `select e.user_id as c0, s.id as c1 from user_emails e join subscribers s on s.email = e.email
              where e.is_primary and e.verified_at is not null`,
          },
        ],
      },
      opted_out: {
        columns: ["subscriber", "newsletter"],
        says: "{subscriber} does not want {newsletter}",
        ...BY_STAFF,
        projections: [
          {
            name: "what people said",
            kinds: ["subscriber", "text"],
            select: `select b.subscriber_id as c0, n.slug as c1 from newsletter_subscriptions b join newsletters n on n.id = b.newsletter_id
              where b.state = 'unsubscribed'`,
          },
        ],
      },
      subscribed: {
        columns: ["subscriber", "newsletter"],
        says: "{subscriber} gets {newsletter}",
        ...BY_STAFF,
        projections: [
          {
            name: "subscriptions that were confirmed",
            kinds: ["subscriber", "text"],
            select: `select b.subscriber_id as c0, n.slug as c1 from newsletter_subscriptions b join newsletters n on n.id = b.newsletter_id
              where b.state = 'subscribed'`,
          },
        ],
      },
      suppressed: {
        columns: ["subscriber"],
        says: "mail to {subscriber} comes back, or is not wanted",
        ...BY_STAFF,
        projections: [
          {
            name: "addresses that nobody writes to",
            kinds: ["subscriber"],
            select: `select s.id as c0 from subscribers s
              join newsletter_suppressions x on x.address_hash = encode(sha256(convert_to(s.email, 'UTF8')), 'hex')`,
          },
        ],
      },
      mailable: { columns: ["subscriber", "newsletter"], says: "{newsletter} can be sent to {subscriber}" },
      holds: {
        columns: ["user", "ticket"],
        says: "{user} holds {ticket}",
        projections: [
          {
            name: "tickets that count",
            kinds: ["user", "ticket"],
            select: "select user_id as c0, id as c1 from tickets where status <> 'cancelled'",
          },
        ],
      },
      guardian: {
        columns: ["user", "ward"],
        says: "{user} looks after {ward}",
        projections: [
          {
            name: "families",
            kinds: ["user", "user"],
            select: "select guardian_id as c0, ward_id as c1 from guardianships where state = 'active' and ward_id is not null",
          },
        ],
        ...BY_STAFF,
      },
      sees_ticket: { columns: ["user", "ticket"], says: "{user} sees {ticket}" },
      order_of: {
        columns: ["order", "user"],
        says: "{order} is {user}’s",
        projections: [
          { name: "orders", kinds: ["order", "user"], select: "select id as c0, user_id as c1 from orders where user_id is not null" },
        ],
      },
      tax_year_open: {
        columns: ["order"],
        says: "the books of {order} are still open",
        projections: [
          {
            name: "orders whose year ended less than six years ago",
            kinds: ["order"],
            select: `select id as c0 from orders where ${booksCloseAt("created_at")} > now()`,
          },
        ],
      },
      must_keep: { columns: ["user", "order"], says: "{order} of {user} must be kept", ...BY_STAFF },
      asked_erasure: {
        columns: ["user"],
        says: "{user} asked to be forgotten",
        ...BY_STAFF,
        projections: [{ name: "erasures", kinds: ["user"], select: "select user_id as c0 from erasures where state <> 'undone'" }],
      },
      erasable: { columns: ["user", "order"], says: "{order} of {user} may be erased" },
    },
  },
};
