import { createHash } from "node:crypto";
import type { SubscriberId, UserId } from "@rose-ash/shared/models/ids.ts";
import { newsletterConsents, newsletterSubscriptions, newsletters, subscribers } from "@rose-ash/shared/models/newsletters.ts";
import { emailOf } from "../content/people.ts";
import { daysBefore, type SeedContext } from "../context.ts";
import { type Ids, idOf } from "../keyed.ts";

const LISTS = [
  {
    slug: "house-letter",
    name: "The house letter",
    description: "Once a month: what we baked, decided and argued about, and what is coming up.",
  },
  {
    slug: "this-week",
    name: "This week",
    description: "On Fridays: new on the blog and on the shelf, and what is on.",
    digestWeekday: 5,
  },
  {
    slug: "members",
    name: "To the members",
    description: "Invitations to meetings, and what the law wants told.",
    isOpen: false,
    groupName: "coop",
  },
] as const;

/** Who subscribed to the first list. */
const SUBSCRIBED = ["bilal", "grace", "leonie"] as const;

/** Lists with some readers, while there are none. Returns how many lists it made. */
export async function writeNewsletters({ tx, now }: SeedContext, people: Ids<UserId>): Promise<number> {
  if ((await tx.$count(newsletters)) > 0) return 0;
  const digestedOn = now.toISOString().slice(0, 10); // the first one comes next week
  const rows = LISTS.map((list, at) => ({ ...list, position: at + 1, ...("digestWeekday" in list ? { digestedOn } : {}) }));
  const [house] = await tx.insert(newsletters).values(rows).returning({ id: newsletters.id });
  if (!house) return 0;
  for (const handle of SUBSCRIBED) {
    const email = emailOf(handle);
    const [made] = await tx
      .insert(subscribers)
      .values({ email, userId: idOf(people, handle) })
      .onConflictDoNothing()
      .returning({ id: subscribers.id });
    if (!made) continue;
    const who: { subscriberId: SubscriberId; newsletterId: typeof house.id; source: "site" } = {
      subscriberId: made.id,
      newsletterId: house.id,
      source: "site",
    };
    const at = daysBefore(now, 40);
    await tx.insert(newsletterSubscriptions).values({ ...who, state: "subscribed", decidedAt: at });
    const addressHash = createHash("sha256").update(email).digest("hex");
    await tx.insert(newsletterConsents).values({ ...who, act: "confirmed", textVersion: "member-1", addressHash, at });
  }
  return rows.length;
}
