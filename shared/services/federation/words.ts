import type { ActivityType } from "../../models/federation.ts";

const VERBS: Record<ActivityType, string> = {
  Create: "published",
  Update: "changed",
  Delete: "removed",
  Add: "added",
  Remove: "took away",
  Announce: "shared",
  Like: "liked",
  Offer: "offered",
  Invite: "invited people to",
  Accept: "accepted",
  Reject: "turned down",
  Undo: "took back",
};

/** Where the kind of thing asks for another word than the activity's own; by "Type ObjectType". */
const VERBS_OF_OBJECTS: Record<string, string> = {
  "Create CalendarEntry": "announced",
  "Offer CalendarEntry": "proposed",
  "Accept CalendarEntry": "confirmed",
  "Reject CalendarEntry": "declined",
  "Create Calendar": "opened",
  "Create Product": "added to the shelf",
  "Create Page": "wrote",
  "Create Supplier": "began to work with",
  "Create User": "joined",
  "Create ScrapeAlarm": "no longer finds what it did at",
  "Offer Booking": "asked for",
  "Create Booking": "booked",
  "Accept Booking": "confirmed",
  "Reject Booking": "declined",
  "Update Booking": "took a time off",
  "Delete Booking": "called off",
  "Offer Guardianship": "would like to look after",
  "Accept Guardianship": "agreed to",
  "Delete Guardianship": "ended",
  "Remove Placing": "has no room for",
  "Add Placing": "has a room again for",
  "Add Product": "added to the shelf",
  "Create ProductNews": "has",
  "Delete Product": "took off the shelf",
  "Remove Product": "took off the shelf",
  "Create Comment": "commented on",
  "Offer Comment": "wrote a comment that waits for a look, on",
  "Create Report": "reported something of",
  "Offer Appeal": "asks for another look at what was decided on",
  "Offer JoinRequest": "has somebody who asks to become",
  "Offer Membership": "asks to get into",
  "Add User": "welcomed",
  "Update SignInAddress": "changed",
  "Delete CalendarEntry": "called off",
  "Update Post": "revised",
  "Update Page": "revised",
};

const OBJECT_NAMES: Record<string, string> = {
  Post: "a post",
  Page: "a page",
  Product: "a product",
  ProductNews: "new things",
  Calendar: "a calendar",
  CalendarEntry: "an entry in the calendar",
  Order: "an order",
  Ticket: "a ticket",
  Booking: "a room",
  Placing: "an entry in the calendar",
  Guardianship: "a tie of your family",
  Comment: "something of yours",
  Report: "somebody",
  Appeal: "them",
  User: "a member",
  JoinRequest: "a member",
  Membership: "a group",
  ScrapeAlarm: "a supplier",
};

/** What was done, in the past tense: "published". */
export function verbOf(type: ActivityType, objectType: string): string {
  return VERBS_OF_OBJECTS[`${type} ${objectType}`] ?? VERBS[type];
}

/** What to call a thing whose name nobody wrote down: "a post". */
export function nameOfObject(objectType: string): string {
  return OBJECT_NAMES[objectType] ?? "something";
}
