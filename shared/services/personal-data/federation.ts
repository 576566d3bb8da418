import { sql } from "drizzle-orm";
import { ofUser, withoutActor } from "./conditions.ts";
import type { Holdings } from "./holding.ts";
import { hub } from "./hub.ts";
import { identity, waysIn } from "./identity.ts";

/** What federation holds of people: how they get in, what they say, and last who they are. */
export const federation: Holdings = {
  app: "federation",
  holdings: [
    ...waysIn,
    ...hub,
    {
      table: "ap_activities",
      what: "what you did",
      whose: ofUser("actor_id"),
      shows: ["origin_app", "type", "object_type", "object_id", "details", "visibility", "published_at"],
      deed: {
        does: "blanks",
        sets: { details: withoutActor("details", "jsonb") },
        because: "What happened stays as long as it did for everybody; who did it is a number.",
      },
    },
    {
      table: "ap_activities",
      what: "what only you were shown",
      whose: (who) => sql`${ofUser("actor_id")(who)} and visibility = 'internal'
        and not exists (select from ap_activity_handlings h where h.activity_id = ap_activities.id and h.state = 'pending')`,
      deed: { does: "deletes" },
    },
    ...identity,
  ],
  numbers: {
    "ap_activities.actor_id": "what happened, as in every log",
    "ap_documents.author_id": "whose comments stay under “Former member”",
    "ap_documents.moderated_by": "which steward decided",
    "ap_reports.reporter_id": "that somebody here reported it",
    "ap_reports.closed_by": "which steward decided",
    "moderation_appeals.decided_by": "which steward decided",
    "moderation_limits.set_by": "which steward decided",
    "moderation_limits.lifted_by": "which steward decided",
  },
};
