import type { FastifyRequest } from "fastify";

interface Notice {
  tone: "info" | "good" | "attention";
  title: string;
  /** Whether the cart is where one goes from here. */
  isAboutCart: boolean;
}

/** What was just done, as an address can say it. */
export type NoticeCode =
  | ("added" | "capped" | "sold-out" | "changed" | "removed" | "read")
  | ("retried" | "discarded" | "not-there-now")
  | ("paused" | "released" | "pending-discarded")
  | ("stated" | "taken-back" | "not-stated")
  | ("signed-out-there" | "passkey-added" | "passkey-renamed" | "passkey-removed")
  | ("ghost-started" | "ghost-sweep" | "ghost-asked" | "ghost-ended")
  | ("saved" | "published" | "scheduled" | "withdrawn" | "binned" | "restored" | "copied" | "version-restored" | "preview-revoked")
  | ("page-moved" | "sorted" | "pages-below" | "above-first" | "merged" | "removed-for-good")
  | ("file-added" | "files-added" | "file-removed" | "file-in-use" | "menu-changed" | "widgets-changed")
  | ("disconnected" | "app-saved" | "app-removed");

/** What a page can be asked to say once, by code: an address never brings words of its own into a page. */
const NOTICES: Record<NoticeCode, Notice> = {
  added: { tone: "good", title: "It is in your cart.", isAboutCart: true },
  capped: { tone: "attention", title: "Your cart now has as many as can be had.", isAboutCart: true },
  "sold-out": { tone: "attention", title: "That has just sold out. Nothing was added.", isAboutCart: true },
  changed: { tone: "good", title: "The quantity is changed.", isAboutCart: true },
  removed: { tone: "info", title: "It is out of your cart.", isAboutCart: true },
  read: { tone: "good", title: "All read.", isAboutCart: false },
  stated: { tone: "good", title: "It is stated, in your name.", isAboutCart: false },
  "taken-back": { tone: "good", title: "It is taken back. What others state and rules derive stays.", isAboutCart: false },
  "not-stated": { tone: "attention", title: "That was taken back already.", isAboutCart: false },
  retried: { tone: "good", title: "It is tried again now.", isAboutCart: false },
  discarded: { tone: "info", title: "It is discarded, and its object goes on.", isAboutCart: false },
  "not-there-now": { tone: "attention", title: "It was handled or changed meanwhile.", isAboutCart: false },
  paused: { tone: "attention", title: "Nothing goes out any more, until it is released.", isAboutCart: false },
  released: { tone: "good", title: "It is released: what is pending goes out now.", isAboutCart: false },
  "pending-discarded": { tone: "info", title: "What was pending is discarded. The site is still paused.", isAboutCart: false },
  "signed-out-there": { tone: "good", title: "Signed out there. It counts from now on.", isAboutCart: false },
  "passkey-added": { tone: "good", title: "The passkey is added. You can sign in with it.", isAboutCart: false },
  "passkey-renamed": { tone: "good", title: "The passkey has its new name.", isAboutCart: false },
  "passkey-removed": { tone: "info", title: "The passkey is removed. It signs nobody in any more.", isAboutCart: false },
  saved: { tone: "good", title: "It is saved.", isAboutCart: false },
  published: { tone: "good", title: "It is public now.", isAboutCart: false },
  scheduled: { tone: "good", title: "It is saved, and comes out by itself when its time comes.", isAboutCart: false },
  withdrawn: { tone: "info", title: "It is saved, and a draft again: nobody else sees it.", isAboutCart: false },
  binned: { tone: "info", title: "It is in the bin, for 30 days.", isAboutCart: false },
  restored: { tone: "good", title: "It is back, as a draft.", isAboutCart: false },
  copied: { tone: "good", title: "This is the copy: a draft of yours.", isAboutCart: false },
  "version-restored": {
    tone: "good",
    title: "That version is the present one again. What stood here is in the history.",
    isAboutCart: false,
  },
  "preview-revoked": { tone: "info", title: "That link opens nothing any more.", isAboutCart: false },
  "page-moved": { tone: "good", title: "It is there now, with all that lies below. Old addresses lead here.", isAboutCart: false },
  sorted: { tone: "good", title: "The order is changed.", isAboutCart: false },
  "pages-below": { tone: "attention", title: "There are pages below it. Move them or bin them first.", isAboutCart: false },
  "above-first": { tone: "attention", title: "The page above it is in the bin: bring that one back first.", isAboutCart: false },
  merged: { tone: "good", title: "The two are one now.", isAboutCart: false },
  "removed-for-good": { tone: "info", title: "It is gone.", isAboutCart: false },
  "file-added": { tone: "good", title: "It is in the library. Say what it shows.", isAboutCart: false },
  "files-added": { tone: "good", title: "They are in the library.", isAboutCart: false },
  "file-removed": { tone: "info", title: "The file is removed.", isAboutCart: false },
  "file-in-use": { tone: "attention", title: "Something shows this file by now. It was not removed.", isAboutCart: false },
  "menu-changed": { tone: "good", title: "The menu is changed, on every page.", isAboutCart: false },
  "widgets-changed": { tone: "good", title: "The page is changed.", isAboutCart: false },
  "ghost-started": { tone: "good", title: "It begins: everything in Ghost is looked through.", isAboutCart: false },
  "ghost-sweep": { tone: "good", title: "Everything in Ghost is looked through now.", isAboutCart: false },
  "ghost-asked": { tone: "good", title: "It is compared now.", isAboutCart: false },
  "ghost-ended": { tone: "attention", title: "One side has deleted it: there is nothing to compare any more.", isAboutCart: false },
  disconnected: { tone: "info", title: "The app is disconnected. What it was given is void.", isAboutCart: false },
  "app-saved": { tone: "good", title: "The app is saved.", isAboutCart: false },
  "app-removed": { tone: "info", title: "The app is removed, with everything it was given.", isAboutCart: false },
};

/** The notice that the request's address names, if it is one of ours. */
export function noticeOf({ query }: Pick<FastifyRequest, "query">): Notice | null {
  const code = typeof query === "object" && query !== null && "notice" in query ? query.notice : undefined;
  return Object.entries(NOTICES).find(([name]) => name === code)?.[1] ?? null;
}

/** An address, a path or a whole URL, with a notice in its query; one that is there already gives way. */
export function withNotice(address: string, code: NoticeCode): string {
  const here = "http://here.invalid";
  const url = new URL(address, here);
  url.searchParams.set("notice", code);
  return url.origin === here ? url.pathname + url.search + url.hash : url.href;
}
