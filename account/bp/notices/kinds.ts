import type { NoticeLevel } from "@rose-ash/shared/contracts/notices.ts";
import type { NoticeKind } from "@rose-ash/shared/models/notices.ts";

interface KindWords {
  readonly kind: NoticeKind;
  readonly label: string;
  readonly hint?: string;
}

/** Every kind, as the page names it, under its heading. */
export const GROUPS: readonly { readonly title: string; readonly kinds: readonly KindWords[] }[] = [
  {
    title: "In the community",
    kinds: [
      { kind: "mention", label: "Somebody mentions or answers you" },
      { kind: "follow", label: "Somebody follows you" },
      { kind: "follow-request", label: "Somebody asks to follow you", hint: "Requests wait on the page of your followers in any case." },
      { kind: "like", label: "Somebody likes what you wrote" },
      { kind: "boost", label: "Somebody shares what you wrote" },
      { kind: "poll", label: "A poll that you answered or made is over" },
      { kind: "post", label: "Something that you asked to hear of was written" },
      { kind: "move", label: "Somebody whom you follow has moved" },
      { kind: "comments", label: "Somebody comments on what you published" },
    ],
  },
  {
    title: "Calendar and rooms",
    kinds: [
      { kind: "invitations", label: "Somebody asks you to come" },
      { kind: "entries", label: "What becomes of what you offer", hint: "It is confirmed or declined, or loses its room." },
      { kind: "bookings", label: "Rooms that you booked", hint: "Mails about them come in any case." },
    ],
  },
  {
    title: "The shop",
    kinds: [
      { kind: "prices", label: "A price changes of what is in your cart or your order" },
      { kind: "stock", label: "Something is back that you asked after" },
    ],
  },
  {
    title: "If you look after something",
    kinds: [
      {
        kind: "approvals",
        label: "Something waits for your yes",
        hint: "An entry for your calendar, a room that somebody asks for or gives back.",
      },
      { kind: "duties", label: "Something waits for stewards", hint: "Comments, reports, new members, a supplier whose pages changed." },
    ],
  },
];

/** A level as the page names it, for a kind that comes in these ways. */
export function wordsOf(level: NoticeLevel, levels: readonly NoticeLevel[]): string {
  if (level === "off") return "Never";
  if (level === "site") return "Site";
  return levels.includes("site") ? "Mail too" : "By mail";
}
