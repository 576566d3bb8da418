import { sql } from "drizzle-orm";
import { named, nobodys, ofActor, ofUser, withoutActor } from "./conditions.ts";
import type { Deed, Holding, Where } from "./holding.ts";

const isComment = "comment_thread_id is not null";
const ownPosts: Where = ({ userId, keepsComments }) =>
  sql`author_id = ${userId} and (${sql.raw(isComment)} is not true or not ${keepsComments})`;
const ofOwnPosts: Where = (who) => sql`status_id in (select id from ap_documents where ${ownPosts(who)})`;
const nameGone = (because: string, sets: Record<string, Where>): Deed => ({ does: "blanks", sets, because });
const OTHERS_WORDS = "Others wrote it; the name in it leads to nobody.";
const OF_OTHERS = "It is about people on other servers, as those servers tell it.";

/** What members say in the hub, and what hangs on it. */
const said: readonly Holding[] = [
  {
    table: "ap_pictures",
    what: "pictures of your posts",
    whose: ofOwnPosts,
    shows: ["status_id", "media_id", "alt"],
    deed: { does: "deletes" },
  },
  {
    table: "ap_versions",
    what: "earlier versions of your posts",
    whose: ofOwnPosts,
    shows: ["status_id", "source", "warning", "replaced_at"],
    deed: { does: "deletes" },
  },
  { table: "ap_hashtags", what: "tags of your posts", whose: ofOwnPosts, deed: { does: "deletes" } },
  {
    table: "ap_poll_options",
    what: "answers of your polls",
    whose: ofOwnPosts,
    shows: ["status_id", "name", "votes"],
    deed: { does: "deletes" },
  },
  { table: "ap_polls", what: "polls", whose: ofOwnPosts, shows: ["status_id", "is_multiple", "ends_at"], deed: { does: "deletes" } },
  {
    table: "ap_poll_votes",
    what: "votes in polls",
    whose: ofActor("actor"),
    shows: ["status_id", "position", "created_at"],
    deed: { does: "deletes" },
  },
  {
    table: "client_markers",
    what: "how far you have read",
    whose: ofUser("user_id"),
    shows: ["timeline", "updated_at"],
    deed: { does: "deletes" },
  },
  { table: "client_posts", what: "posts by apps", whose: ofUser("user_id"), deed: { does: "deletes" } },
  {
    table: "client_uploads",
    what: "pictures that apps brought",
    whose: ofUser("user_id"),
    shows: ["media_id", "description", "created_at"],
    deed: { does: "deletes" },
  },
  {
    table: "muted_threads",
    what: "threads you hide",
    whose: ofUser("user_id"),
    shows: ["thread", "created_at"],
    deed: { does: "deletes" },
  },
  { table: "ap_mentions", what: "mentions in your posts", whose: ofOwnPosts, deed: { does: "deletes" } },
  { table: "ap_mentions", what: "mentions of you", whose: ofActor("actor"), shows: ["status_id"], deed: { does: "deletes" } },
  { table: "ap_bookmarks", what: "bookmarks", whose: ofUser("user_id"), shows: ["status_id", "created_at"], deed: { does: "deletes" } },
  { table: "ap_pins", what: "pinned posts", whose: ofUser("user_id"), shows: ["status_id", "created_at"], deed: { does: "deletes" } },
  {
    table: "ap_documents",
    what: "posts and comments",
    whose: ofUser("author_id"),
    shows: [
      "id",
      "uri",
      "type",
      "in_reply_to",
      "about",
      "source",
      "warning",
      "visibility",
      "moderation",
      "published_at",
      "updated_at",
      "deleted_at",
    ],
    deed: {
      does: "leaves",
      columns: [],
      because: "What becomes of them stands in the next two lines.",
    },
  },
  {
    table: "ap_documents",
    what: "posts and comments that go",
    whose: ownPosts,
    deed: {
      does: "blanks",
      sets: {
        ...{
          name: "''",
          html: "''",
          source: "''",
          warning: "''",
          language: "null",
          url: "null",
          document: "null",
          moderation_reason: "''",
        },
        ...{ actor: ({ formerActor }) => sql`${formerActor}`, author_id: "null", deleted_at: "coalesce(deleted_at, now())" },
      },
      because: "An empty place stays where others answered.",
    },
  },
  {
    table: "ap_documents",
    what: "comments that stay",
    whose: ofUser("author_id"),
    deed: {
      does: "blanks",
      sets: {
        ...{ actor: ({ formerActor }) => sql`${formerActor}`, url: "null", document: "null", moderation_reason: "''" },
        ...{ html: withoutActor("html", "text"), source: withoutActor("source", "text") },
      },
      because: "“Former member” said it; others answered.",
    },
  },
  {
    table: "ap_documents",
    what: "posts of others that name you",
    whose: (who) => sql`(${named("concat_ws(' ', html, source, warning, name, document::text, moderation_reason)")(who)})`,
    deed: nameGone(OTHERS_WORDS, {
      ...{ html: withoutActor("html", "text"), source: withoutActor("source", "text"), warning: withoutActor("warning", "text") },
      ...{
        name: withoutActor("name", "text"),
        document: withoutActor("document", "jsonb"),
        moderation_reason: withoutActor("moderation_reason", "text"),
      },
    }),
  },
  {
    table: "ap_versions",
    what: "earlier versions of posts of others that name you",
    whose: named("concat_ws(' ', html, source, warning)"),
    deed: nameGone(OTHERS_WORDS, {
      ...{ html: withoutActor("html", "text"), source: withoutActor("source", "text"), warning: withoutActor("warning", "text") },
    }),
  },
];

/** Whom members follow, hide and tell on, and who does so with them. */
const standing: readonly Holding[] = [
  {
    table: "ap_reactions",
    what: "likes and boosts of posts",
    whose: ofActor("actor"),
    shows: ["type", "object", "created_at"],
    deed: { does: "deletes" },
  },
  {
    table: "ap_follows",
    what: "follows",
    whose: ofActor("follower", "followed"),
    shows: ["follower", "followed", "state", "created_at"],
    deed: { does: "deletes" },
  },
  { table: "ap_blocks", what: "blocks", whose: ofActor("actor"), shows: ["blocked", "created_at"], deed: { does: "deletes" } },
  { table: "ap_blocks", what: "blocks by others", whose: ofActor("blocked"), deed: { does: "deletes" } },
  {
    table: "post_alerts",
    what: "whose posts you hear of",
    whose: ofActor("actor"),
    shows: ["other", "created_at"],
    deed: { does: "deletes" },
  },
  { table: "post_alerts", what: "who hears of your posts", whose: ofActor("other"), deed: { does: "deletes" } },
  {
    table: "remote_pictures",
    what: "pictures of other servers",
    whose: nobodys,
    deed: { does: "leaves", columns: ["url"], because: OF_OTHERS },
  },
  { table: "mutes", what: "whom you hide", whose: ofActor("actor"), shows: ["muted", "until", "created_at"], deed: { does: "deletes" } },
  { table: "mutes", what: "who hides you", whose: ofActor("muted"), deed: { does: "deletes" } },
  { table: "domain_blocks", what: "servers you hide", whose: ofActor("actor"), shows: ["domain", "created_at"], deed: { does: "deletes" } },
  {
    table: "follow_exceptions",
    what: "whom you do not follow",
    whose: ofActor("actor"),
    shows: ["other", "created_at"],
    deed: { does: "deletes" },
  },
  { table: "follow_exceptions", what: "who does not follow you", whose: ofActor("other"), deed: { does: "deletes" } },
  {
    table: "people_list_members",
    what: "people in your lists",
    whose: ({ userId }) => sql`list_id in (select id from people_lists where user_id = ${userId})`,
    shows: ["list_id", "person", "created_at"],
    deed: { does: "deletes" },
  },
  { table: "people_list_members", what: "lists of others with you", whose: ofActor("person"), deed: { does: "deletes" } },
  {
    table: "people_lists",
    what: "lists of people",
    whose: ofUser("user_id"),
    shows: ["id", "name", "created_at"],
    deed: { does: "deletes" },
  },
  {
    table: "people_import_rows",
    what: "people you brought along",
    whose: ({ userId }) => sql`import_id in (select id from people_imports where user_id = ${userId})`,
    shows: ["import_id", "name", "list", "state", "note"],
    deed: { does: "deletes" },
  },
  {
    table: "people_import_rows",
    what: "you in lists that others brought",
    whose: ({ address }) => sql`lower(ltrim(name, '@')) = lower(${address})`,
    deed: { does: "deletes" },
  },
  {
    table: "people_imports",
    what: "lists you brought along",
    whose: ofUser("user_id"),
    shows: ["kind", "created_at"],
    deed: { does: "deletes" },
  },
  {
    table: "profile_links",
    what: "pages that lead to you",
    whose: ofActor("actor"),
    shows: ["href", "verified_at"],
    deed: { does: "deletes" },
  },
  {
    table: "notifications",
    what: "notifications",
    whose: ofUser("user_id"),
    shows: ["kind", "actor", "object", "created_at", "read_at"],
    deed: { does: "deletes" },
  },
  { table: "notifications", what: "notifications of others about you", whose: ofActor("actor"), deed: { does: "deletes" } },
  {
    table: "notifications_off",
    what: "what you do not want to hear of",
    whose: ofUser("user_id"),
    shows: ["kind"],
    deed: { does: "deletes" },
  },
];

/** What stewards were told and decided. */
const moderated: readonly Holding[] = [
  {
    table: "moderation_appeals",
    what: "appeals",
    whose: ofUser("user_id"),
    shows: ["words", "created_at", "decided_at", "is_granted", "answer"],
    deed: { does: "deletes" },
  },
  {
    table: "moderation_limits",
    what: "decisions about you",
    whose: (who) => sql`(${ofUser("user_id")(who)} or ${ofActor("actor")(who)})`,
    shows: ["kind", "reason", "set_at", "lifted_at"],
    deed: { does: "deletes" },
  },
  { table: "ap_reports", what: "reports about you", whose: ofActor("accused"), deed: { does: "deletes" } },
  {
    table: "ap_reports",
    what: "reports you sent",
    whose: (who) => sql`(${ofUser("reporter_id")(who)} or ${ofActor("actor")(who)})`,
    shows: ["objects", "words", "received_at", "closed_at", "verdict", "answer"],
    deed: {
      does: "blanks",
      sets: {
        actor: ({ formerActor }) => sql`${formerActor}`,
        words: "''",
        activity: withoutActor("activity", "text"),
        objects: withoutActor("objects", "text[]"),
      },
      because: "What was reported is another's, and stays until it is decided.",
    },
  },
];

/** What goes to other servers and comes from them. */
const sent: readonly Holding[] = [
  {
    table: "ap_outgoing",
    what: "messages to other servers",
    whose: ({ actor }) => sql`actor = ${actor} and type <> 'Delete'`,
    shows: ["uri", "type", "object", "visibility", "published_at"],
    deed: { does: "deletes" },
  },
  { table: "ap_inbox", what: "messages from other servers", whose: named("actor || ' ' || raw"), deed: { does: "deletes" } },
  {
    table: "ap_remote_actors",
    what: "people on other servers",
    whose: nobodys,
    deed: { does: "leaves", columns: ["uri", "handle", "name", "document"], because: OF_OTHERS },
  },
];

/** What the hub holds of people. */
export const hub: readonly Holding[] = [...said, ...standing, ...moderated, ...sent];
