import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, primaryKey, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { APPS, type App } from "./apps.ts";
import { createdAt, identity, instant, oneOf, reference, serial } from "./columns.ts";
import { commentThreads } from "./comments.ts";
import { VISIBILITIES, type Visibility } from "./federation.ts";
import { users } from "./identity.ts";
import type { ActivityId, DeliveryId, IncomingId, OutgoingId, ReportId, StatusId, ThreadId, UserId } from "./ids.ts";

/** An object of ActivityStreams in our normal form (infrastructure/activitypub/normal-form). */
export type StoredDocument = Record<string, unknown>;

/** A public key as an actor's document gave it: in PEM (publicKey), or as Multikey (assertionMethod, FEP-521a). */
export interface StoredKey {
  id: string;
  pem?: string;
  multibase?: string;
}

/** Actors that live elsewhere, as their own documents said last; only those whose signature was verified or whom somebody here asked for. */
export const apRemoteActors = pgTable(
  "ap_remote_actors",
  {
    uri: text().primaryKey(),
    host: text().notNull(),
    type: text().notNull(),
    handle: text().notNull(),
    name: text().notNull().default(""),
    inbox: text().notNull(),
    sharedInbox: text(),
    followers: text(),
    keys: jsonb().$type<StoredKey[]>().notNull(),
    document: jsonb().$type<StoredDocument>().notNull(),
    movedTo: text(),
    fetchedAt: createdAt(),
    /** Since when the actor is no more, as its own host said. */
    goneAt: instant(),
  },
  (table) => [
    index("ap_remote_actors_host").on(table.host),
    index("ap_remote_actors_inbox").on(sql`coalesce(${table.sharedInbox}, ${table.inbox})`),
  ],
);

/**
 * What came to an inbox and was verified: the bytes as they came, and our normal form. outcome: what was made of it, in words; null
 * while it waits to be handled.
 */
export const apInbox = pgTable(
  "ap_inbox",
  {
    id: identity().$type<IncomingId>(),
    app: text().$type<App>().notNull(),
    actor: text().notNull(),
    activity: text().notNull(),
    type: text().notNull(),
    raw: text().notNull(),
    document: jsonb().$type<StoredDocument>().notNull(),
    receivedAt: createdAt(),
    outcome: text(),
  },
  (table) => [
    oneOf("ap_inbox_app", table.app, APPS),
    unique("ap_inbox_once").on(table.actor, table.activity),
    index("ap_inbox_received").using("brin", table.receivedAt),
  ],
);

/** What a person decided about a comment, or that nobody has yet. Whether it is shown depends on its author and their server, too. */
export const MODERATION_STATES = ["waiting", "shown", "hidden"] as const;

/**
 * What actors elsewhere wrote, kept because it concerns us, and what members wrote (authorId): the posts of the hub, beside the rest.
 * html has passed the sanitiser; source is what a member typed. about: the object of a service of ours that it answers, at whatever
 * distance. thread: the uri of the first post of its thread, as far as that is known; null: its own. document: as it came; null for
 * members' posts. commentThreadId: it is a comment there; commentRoot: the comment on top of those that it belongs to, null: it is
 * one. A deleted one stays as a Tombstone without its text, so that nothing under its id comes back.
 */
export const apDocuments = pgTable(
  "ap_documents",
  {
    uri: text().primaryKey(),
    /** What our own addresses call it by. */
    id: serial().$type<StatusId>().unique(),
    type: text().notNull(),
    actor: text().notNull(),
    authorId: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "cascade" }),
    inReplyTo: text(),
    thread: text(),
    about: text(),
    name: text().notNull().default(""),
    html: text().notNull().default(""),
    source: text().notNull().default(""),
    warning: text().notNull().default(""),
    language: text(),
    url: text(),
    visibility: text().$type<Visibility>().notNull(),
    moderation: text().$type<(typeof MODERATION_STATES)[number]>().notNull().default("waiting"),
    commentThreadId: reference()
      .$type<ThreadId>()
      .references(() => commentThreads.id),
    commentRoot: text(),
    host: text().generatedAlwaysAs(sql`split_part(actor, '/', 3)`),
    moderatedBy: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "set null" }),
    moderatedAt: instant(),
    moderationReason: text().notNull().default(""),
    document: jsonb().$type<StoredDocument>(),
    publishedAt: instant().notNull(),
    updatedAt: instant(),
    deletedAt: instant(),
    storedAt: createdAt(),
  },
  (table) => [
    oneOf("ap_documents_visibility", table.visibility, VISIBILITIES),
    oneOf("ap_documents_moderation", table.moderation, MODERATION_STATES),
    check("ap_documents_tombstone", sql`${table.deletedAt} is null or (${table.document} is null and ${table.html} = '')`),
    index("ap_documents_actor").on(table.actor),
    index("ap_documents_about").on(table.about, table.publishedAt, table.uri),
    index("ap_documents_newest")
      .on(table.actor, table.publishedAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`${table.deletedAt} is null and ${table.visibility} <> 'direct'`),
    index("ap_documents_local")
      .on(table.publishedAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`${table.authorId} is not null and ${table.visibility} = 'public' and ${table.deletedAt} is null`),
    index("ap_documents_public")
      .on(table.publishedAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`${table.visibility} = 'public' and ${table.deletedAt} is null and ${table.inReplyTo} is null`),
    index("ap_documents_author").on(table.authorId),
    // words of members' public posts; whether they may be found is their profile's to say
    index("ap_documents_words")
      .using("gin", sql`to_tsvector('public.plain_english', ${table.html})`)
      .where(sql`${table.authorId} is not null and ${table.visibility} = 'public' and ${table.deletedAt} is null`),
    index("ap_documents_answers").on(table.inReplyTo).where(sql`${table.inReplyTo} is not null`),
    index("ap_documents_thread").on(table.thread).where(sql`${table.thread} is not null`),
    index("ap_documents_comments").on(table.commentThreadId, table.moderation, table.publishedAt),
    index("ap_documents_host").on(table.host, table.storedAt),
    index("ap_documents_moderator").on(table.moderatedBy),
    index("ap_documents_waiting")
      .on(table.storedAt, table.uri)
      .where(sql`${table.moderation} = 'waiting' and ${table.commentThreadId} is not null and ${table.deletedAt} is null`),
  ],
);

/** What one actor did to one object, and can take back: activity is how it is named when it does. */
export const REACTIONS = ["Like", "Announce", "Join"] as const;

/** Likes, boosts and RSVPs, theirs of what is ours and ours of what is theirs. */
export const apReactions = pgTable(
  "ap_reactions",
  {
    type: text().$type<(typeof REACTIONS)[number]>().notNull(),
    actor: text().notNull(),
    object: text().notNull(),
    activity: text().notNull().unique(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.object, table.type, table.actor] }),
    oneOf("ap_reactions_type", table.type, REACTIONS),
    index("ap_reactions_newest").on(table.actor, table.type, table.createdAt.desc().nullsFirst(), table.object),
  ],
);

/** One of the two is ours. A follow that was asked for and not answered yet is no follow. */
export const apFollows = pgTable(
  "ap_follows",
  {
    follower: text().notNull(),
    followed: text().notNull(),
    state: text().$type<"asked" | "accepted" | "refused">().notNull(),
    activity: text().notNull().unique(),
    createdAt: createdAt(),
    acceptedAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.follower, table.followed] }),
    oneOf("ap_follows_state", table.state, ["asked", "accepted", "refused"]),
    check("ap_follows_accepted", sql`(${table.acceptedAt} is not null) = (${table.state} = 'accepted')`),
    index("ap_follows_followers").on(table.followed, table.acceptedAt, table.follower).where(sql`${table.state} = 'accepted'`),
    index("ap_follows_following").on(table.follower, table.acceptedAt, table.followed).where(sql`${table.state} = 'accepted'`),
  ],
);

/** One actor wants to have nothing to do with another; one of the two is ours. */
export const apBlocks = pgTable(
  "ap_blocks",
  { actor: text().notNull(), blocked: text().notNull(), activity: text().notNull().unique(), createdAt: createdAt() },
  (table) => [primaryKey({ columns: [table.actor, table.blocked] }), index("ap_blocks_blocked").on(table.blocked)],
);

/**
 * Somebody reports something, or somebody: an actor elsewhere, or a member here (reporterId). accused: whose it is, by address.
 * forwardedAt: when the server of the accused was told. verdict: what a steward made of it; null while it is open.
 */
export const apReports = pgTable(
  "ap_reports",
  {
    id: serial().$type<ReportId>().unique(),
    activity: text().primaryKey(),
    actor: text().notNull(),
    reporterId: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "set null" }),
    accused: text(),
    objects: text().array().notNull(),
    words: text().notNull().default(""),
    receivedAt: createdAt(),
    forwardedAt: instant(),
    closedAt: instant(),
    closedBy: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "set null" }),
    verdict: text().$type<"upheld" | "dismissed">(),
    answer: text().notNull().default(""),
  },
  (table) => [
    oneOf("ap_reports_verdict", table.verdict, ["upheld", "dismissed"]),
    index("ap_reports_open").on(table.receivedAt, table.id).where(sql`${table.closedAt} is null`),
    index("ap_reports_actor").on(table.actor, table.receivedAt),
    index("ap_reports_accused").on(table.accused),
    index("ap_reports_reporter").on(table.reporterId),
    index("ap_reports_closer").on(table.closedBy),
  ],
);

/**
 * Other hosts, as far as there is something to know: whether they are left alone for a while after failures in a row, in which style
 * they want requests signed, and what stewards decided about them, which holds for all hosts below as well. isAllowed counts only
 * where nobody else is let in (moderation_settings). rejectsMedia: no pictures from there are fetched or shown.
 */
export const apHosts = pgTable(
  "ap_hosts",
  {
    host: text().primaryKey(),
    failures: integer().notNull().default(0),
    restsUntil: instant(),
    lastError: text(),
    signatureStyle: text().$type<"cavage" | "rfc9421">().notNull().default("cavage"),
    isSuspended: boolean().notNull().default(false),
    isSilenced: boolean().notNull().default(false),
    rejectsReports: boolean().notNull().default(false),
    rejectsMedia: boolean().notNull().default(false),
    isAllowed: boolean().notNull().default(false),
    reason: text().notNull().default(""),
  },
  (table) => [oneOf("ap_hosts_style", table.signatureStyle, ["cavage", "rfc9421"])],
);

/**
 * What our actors said to the world: the activity, serialised once. activityId: the row of ap_activities that it was made of; null
 * for what the protocol asks for, as an Accept. isListed: it stands in the actor's outbox.
 */
export const apOutgoing = pgTable(
  "ap_outgoing",
  {
    id: identity().$type<OutgoingId>(),
    uri: text().notNull().unique(),
    activityId: reference().$type<ActivityId>().unique(),
    app: text().$type<App>().notNull(),
    actor: text().notNull(),
    type: text().notNull(),
    object: text().notNull(),
    objectType: text(),
    objectId: text(),
    document: text().notNull(),
    visibility: text().$type<Visibility>().notNull(),
    isListed: boolean().notNull().default(false),
    publishedAt: createdAt(),
  },
  (table) => [
    oneOf("ap_outgoing_app", table.app, APPS),
    oneOf("ap_outgoing_visibility", table.visibility, VISIBILITIES),
    index("ap_outgoing_outbox").on(table.actor, table.id).where(sql`${table.isListed}`),
    index("ap_outgoing_object").on(table.object, table.id),
    index("ap_outgoing_source").on(table.objectType, table.objectId, table.id),
  ],
);

/**
 * One activity for one inbox, which several actors may share. What is about one object goes to an inbox in the order of the ids.
 * isFirst: nobody has tried yet and nothing is known against the host, so that it takes its turn with what else was said; all others
 * wait for nextAttemptAt. lease: whose hand it is in; nextAttemptAt is then when the lease runs out.
 */
export const apDeliveries = pgTable(
  "ap_deliveries",
  {
    id: identity().$type<DeliveryId>(),
    outgoingId: reference()
      .$type<OutgoingId>()
      .notNull()
      .references(() => apOutgoing.id, { onDelete: "cascade" }),
    inbox: text().notNull(),
    host: text().notNull(),
    object: text().notNull(),
    state: text().$type<"pending" | "done" | "dead" | "discarded">().notNull().default("pending"),
    attempts: integer().notNull().default(0),
    isFirst: boolean().notNull().default(true),
    nextAttemptAt: createdAt(),
    lease: uuid(),
    lastError: text(),
    createdAt: createdAt(),
    settledAt: instant(),
  },
  (table) => {
    const isPending = sql`${table.state} = 'pending'`;
    return [
      oneOf("ap_deliveries_state", table.state, ["pending", "done", "dead", "discarded"]),
      check("ap_deliveries_settled", sql`(${table.state} = 'pending') = (${table.settledAt} is null)`),
      uniqueIndex("ap_deliveries_once").on(table.outgoingId, table.inbox),
      index("ap_deliveries_first").on(table.outgoingId, table.id).where(sql`${table.state} = 'pending' and ${table.isFirst}`),
      index("ap_deliveries_again").on(table.nextAttemptAt, table.id).where(sql`${table.state} = 'pending' and not ${table.isFirst}`),
      index("ap_deliveries_in_order").on(table.inbox, table.object, table.id).where(isPending),
      index("ap_deliveries_host").on(table.host).where(isPending),
      index("ap_deliveries_dead").on(table.settledAt, table.id).where(sql`${table.state} = 'dead'`),
      index("ap_deliveries_settled_at").using("brin", table.settledAt),
    ];
  },
);
