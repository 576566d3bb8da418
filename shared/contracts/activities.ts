import type { App } from "../models/apps.ts";
import type { ActivityDetails, ActivityType, Visibility } from "../models/federation.ts";
import type { ActivityId, UserId } from "../models/ids.ts";

/** What happened, as the command that did it says. details: ids and plain values, no names of people. */
export interface NewActivity {
  originApp: App;
  /** Who did it; null: the app itself. */
  actorId: UserId | null;
  type: ActivityType;
  object: { type: string; id: string | number };
  details?: ActivityDetails;
  /** internal when left out. */
  visibility?: Visibility;
}

/** An activity as its handlers get it. They read again what it names, and accept that it may be gone. */
export interface Activity {
  /** The same at every try: what a handler does outside of the database it does once per id. */
  id: ActivityId;
  originApp: App;
  actorId: UserId | null;
  type: ActivityType;
  object: { type: string; id: string };
  details: ActivityDetails;
  visibility: Visibility;
  publishedAt: Date;
}
