/** How long something stays. least and most bind whoever chooses: below `least` the law, or the working of the site, is in the way. */
interface RetentionKind {
  readonly name: string;
  /** What is done when its time is over. */
  readonly what: string;
  readonly unit: "days" | "years";
  readonly least: number;
  readonly most: number;
  readonly usual: number;
  /** Why not shorter. */
  readonly why: string;
}

/** All of it; the work of the night goes through the list. */
export const RETENTION = {
  orders: {
    ...{ name: "Who bought", unit: "years", least: 6, most: 30, usual: 7 },
    what: "Names, mail addresses and places of delivery are taken off orders, with what was noted about them. What was bought, and for how much, stays in the books.",
    why: "Tax law wants records of sales for six years (VAT Act 1994, sch. 11 para. 6).",
  },
  dues: {
    ...{ name: "Dues of those who left", unit: "years", least: 6, most: 30, usual: 7 },
    what: "What somebody paid who left the group is deleted, and that they were in it.",
    why: "They are income of the co-operative, and kept as long as other records of it.",
  },
  memberships: {
    ...{ name: "Who left a group", unit: "days", least: 30, most: 3650, usual: 365 },
    what: "That somebody was in a group, who never paid dues there, is deleted.",
    why: "Whoever left by mistake comes back within some weeks.",
  },
  requests: {
    ...{ name: "Requests to join", unit: "days", least: 30, most: 3650, usual: 180 },
    what: "Requests that were decided are deleted, with name, address and words.",
    why: "Whoever was declined may ask why.",
  },
  invitations: {
    ...{ name: "Invitations that are over", unit: "days", least: 7, most: 3650, usual: 90 },
    what: "They are deleted, with the address that they were for, and who came by them.",
    why: "Somebody may wonder why a link does not work.",
  },
  notifications: {
    ...{ name: "Notifications that were read", unit: "days", least: 14, most: 3650, usual: 365 },
    what: "They are deleted.",
    why: "People look for what they read last week.",
  },
  activities: {
    ...{ name: "What services told each other", unit: "days", least: 30, most: 36_500, usual: 365 },
    what: "Internal activities, as sign-ins in Settings, are deleted once nobody has anything to do with them.",
    why: "Members look there for sign-ins that were not theirs.",
  },
} as const satisfies Record<string, RetentionKind>;

export type RetentionKey = keyof typeof RETENTION;
export const RETENTION_KEYS = Object.keys(RETENTION) as readonly RetentionKey[];

/** What was chosen, within its bounds; otherwise what is usual. */
export function retentionOf(key: RetentionKey, chosen: Readonly<Record<string, number>>, usual?: number): number {
  const { least, most, usual: own } = RETENTION[key];
  return Math.min(Math.max(chosen[key] ?? usual ?? own, least), most);
}

/** The instant before which it is over. */
export function endOf(key: RetentionKey, stay: number, now: Date): Date {
  const before = new Date(now);
  if (RETENTION[key].unit === "years") before.setUTCFullYear(before.getUTCFullYear() - stay);
  else before.setUTCDate(before.getUTCDate() - stay);
  return before;
}
