import type { NotificationId, UserId } from "../models/ids.ts";
import { NOTICE_KINDS, type NoticeKind } from "../models/notices.ts";
import type { NotificationGroup } from "./notifications.ts";
import type { Tx } from "./tx.ts";

/** off: not at all; site: on the site; mail: by mail, and on the site where the kind stands there at all. */
export type NoticeLevel = "off" | "site" | "mail";

/** isOnSite: it stands among the notifications. mail: never by mail, only for who asked for it, or unless somebody does not want it. */
interface NoticeWay {
  readonly isOnSite: boolean;
  readonly mail: "never" | "asked" | "usual";
}

const SITE_ONLY: NoticeWay = { isOnSite: true, mail: "never" };
const ASKED: NoticeWay = { isOnSite: true, mail: "asked" };
const USUAL: NoticeWay = { isOnSite: true, mail: "usual" };
const MAIL_ONLY: NoticeWay = { isOnSite: false, mail: "usual" };

/**
 * How each kind can come. What a purchase, a booking or the law needs is none of them: orders, receipts, tickets, rooms that are
 * somebody's, links to sign in, changes of how somebody signs in and what stewards decided about somebody go out in any case.
 */
export const NOTICE_WAYS: Readonly<Record<NoticeKind, NoticeWay>> = {
  ...{
    mention: ASKED,
    follow: ASKED,
    "follow-request": ASKED,
    like: SITE_ONLY,
    boost: SITE_ONLY,
    poll: SITE_ONLY,
    post: ASKED,
    move: SITE_ONLY,
  },
  ...{ comments: ASKED, entries: USUAL, bookings: SITE_ONLY, approvals: USUAL, duties: ASKED },
  ...{ invitations: MAIL_ONLY, prices: MAIL_ONLY, stock: MAIL_ONLY },
};

/** The levels that a kind has, from the quietest. */
export function levelsOf(kind: NoticeKind): readonly NoticeLevel[] {
  const { isOnSite, mail } = NOTICE_WAYS[kind];
  return ["off", ...(isOnSite ? (["site"] as const) : []), ...(mail === "never" ? [] : (["mail"] as const))];
}

/** What a member chose, of every kind. */
export type NoticeLevels = Readonly<Record<NoticeKind, NoticeLevel>>;

/** seen: names this state of the choices, and no other. */
export interface NoticeChoices {
  readonly levels: NoticeLevels;
  readonly seen: string;
}

/** A notification that goes out by mail as well. */
export interface NoticeMail {
  readonly userId: UserId;
  readonly email: string;
  readonly name: string;
  readonly group: NotificationGroup;
}

/** What members are told of, and by which way. Whoever mails or notifies asks here first. */
export interface NoticesService {
  getChoices(userId: UserId): Promise<NoticeChoices>;
  /** changed-meanwhile: it is not as the member saw it; nothing was saved. */
  saveChoices(
    tx: Tx,
    userId: UserId,
    levels: NoticeLevels,
    seen: string,
  ): Promise<{ readonly kind: "saved" } | { readonly kind: "changed-meanwhile"; readonly now: NoticeChoices }>;
  /** Whether who has this address gets mails of the kind; of whom nobody knows nobody said no. */
  mayMail(kind: NoticeKind, email: string): Promise<boolean>;
  /** Null: it was read or taken back meanwhile, or nobody can be written to. */
  findMail(id: NotificationId): Promise<NoticeMail | null>;
}

export const isNoticeKind = (kind: string): kind is NoticeKind => NOTICE_KINDS.some((one) => one === kind);
