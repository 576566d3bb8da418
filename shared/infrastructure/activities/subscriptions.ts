import type { App } from "../../models/apps.ts";
import type { ActivityType } from "../../models/federation.ts";

/** Which activities a handler is told of, and which service runs it. */
export interface Subscription {
  /** Stands in the rows that wait for it: a name that is in use is never given to another handler. */
  handler: string;
  app: App;
  /** Pairs of activity type and object type. */
  on: readonly (readonly [ActivityType, string])[];
}

/** Who is told of what: the whole list, the same in every service, so that whoever emits can write down who has to handle it. */
export const SUBSCRIPTIONS: readonly Subscription[] = [
  { handler: "federation.tell-of-new-member", app: "federation", on: [["Create", "User"]] },
  { handler: "federation.tell-app-of-sign-out", app: "federation", on: [["Delete", "AppSession"]] },
];
