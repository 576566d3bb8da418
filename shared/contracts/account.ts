import type { UserId } from "../models/ids.ts";
import type { OrderView } from "./cart.ts";
import type { Picture } from "./dto.ts";
import type { EntryCard } from "./events.ts";
import type { NotificationGroup } from "./notifications.ts";

/** Something that a member does next: goes somewhere, has a room, gets what they ordered. detail: what of it; url: of its page. */
export interface NextThing {
  readonly kind: "ticket" | "booking" | "pick-up";
  readonly title: string;
  readonly detail: string;
  readonly url: string;
  readonly startsAt: Date;
  readonly zone: string;
  /** It was to be, and does not take place. */
  readonly isOff: boolean;
}

/** Everything of one person at a glance: the first few of each, however much there is. */
export interface Dashboard {
  readonly profile: {
    readonly name: string;
    readonly handle: string;
    readonly email: string | null;
    readonly bio: string;
    readonly picture: Picture | null;
    readonly memberSince: Date;
  };
  readonly next: readonly NextThing[];
  readonly orders: readonly OrderView[];
  readonly orderCount: number;
  /** Unread, the latest first. */
  readonly news: readonly NotificationGroup[];
  readonly unreadCount: number;
  readonly cartCount: number;
  /** What takes place in the co-operative, for who has nothing ahead. */
  readonly nextEntries: readonly EntryCard[];
}

/** What greets a member. next: what they do next; null: nothing is known. at: now. */
export interface Greeting {
  readonly at: Date;
  readonly name: string;
  readonly timeZone: string;
  readonly next: NextThing | null;
  readonly unreadCount: number;
}

/** What a member's own pages answer. */
export interface AccountService {
  getDashboard(userId: UserId): Promise<Dashboard>;
  /** Null: there is no such member. */
  findGreeting(userId: UserId): Promise<Greeting | null>;
}
