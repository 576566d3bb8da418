import type { RelationDeclaration } from "@rose-ash/shared/infrastructure/relations/index.ts";

/** A relation of one column, told by one query. */
const told = (column: string, says: string, name: string, select: string): RelationDeclaration => ({
  columns: [column],
  says,
  projections: [{ name, kinds: ["text"], select }],
});

const comments = (where: string) => `select uri as c0 from ap_documents where comment_thread_id is not null and ${where}`;
const actors = (kind: string) => `select actor as c0 from moderation_limits where kind = '${kind}' and lifted_at is null`;
const hosts = (column: string) => `select host as c0 from ap_hosts where ${column}`;

/** Who is heard here, and which comments everybody sees. Stewards say so on pages of their own, and nowhere else. */
export const moderationRelations: Readonly<Record<string, RelationDeclaration>> = {
  silenced: told("actor", "{actor} is silenced", "actors that are silenced", actors("silenced")),
  suspended_actor: told("actor", "{actor} is suspended", "actors that are suspended", actors("suspended")),
  silenced_domain: told("domain", "{domain} is silenced", "servers that are silenced", hosts("is_silenced")),
  allowed_domain: told("domain", "{domain} is let in", "servers that are let in", hosts("is_allowed")),
  allow_list: told(
    "switch",
    "only some servers are let in: {switch}",
    "the list of who is let in",
    "select 'on' as c0 from moderation_settings where is_allow_list",
  ),
  let_in: { columns: ["actor"], says: "{actor} is let in" },
  unheard: { columns: ["actor"], says: "what {actor} says is shown to nobody who did not ask for it" },
  waits: told("comment", "{comment} waits for a steward", "comments that wait", comments("moderation = 'waiting'")),
  turned_down: told(
    "comment",
    "a steward took {comment} away",
    "what was taken away",
    "select uri as c0 from ap_documents where moderation = 'hidden'",
  ),
  taken_back: told("comment", "{comment} was deleted", "comments that were deleted", comments("deleted_at is not null")),
  for_few: told(
    "comment",
    "{comment} is not for everybody",
    "comments that are not for everybody",
    comments("visibility not in ('public', 'unlisted')"),
  ),
  commented_by: {
    columns: ["comment", "actor"],
    says: "{actor} wrote {comment}",
    projections: [
      {
        name: "authors of comments",
        kinds: ["text", "text"],
        select: "select uri as c0, actor as c1 from ap_documents where comment_thread_id is not null",
      },
    ],
  },
  comment: {
    columns: ["comment", "thread"],
    says: "{comment} stands in {thread}",
    projections: [
      {
        name: "where comments stand",
        kinds: ["text", "text"],
        select: "select uri as c0, comment_thread_id::text as c1 from ap_documents where comment_thread_id is not null",
      },
    ],
  },
  unshown: { columns: ["comment"], says: "{comment} is shown to nobody" },
  shown_under: { columns: ["comment", "thread"], says: "{comment} is shown in {thread}" },
};
