import type { FastifyRequest } from "fastify";

interface Notice {
  tone: "info" | "good" | "attention";
  title: string;
  /** Whether the cart is where one goes from here. */
  isAboutCart: boolean;
}

/** What was just done, as an address can say it. */
export type NoticeCode =
  | ("added" | "capped" | "sold-out" | "changed" | "removed" | "read" | "seen-forgotten")
  | (
      | "order-sent"
      | "order-sent-already"
      | "order-not-closed"
      | "order-no-address"
      | "order-unchanged"
      | "order-undecided"
      | "order-arrived"
    )
  | ("code-kept" | "code-removed" | "code-unknown")
  | ("again-in-cart" | "again-partly")
  | ("paid-back" | "paid-back-partly" | "nothing-to-pay-back" | "not-yours-to-refund")
  | ("shares-gone" | "cut-off" | "not-for-you" | "price-accepted")
  | ("retried" | "discarded" | "not-there-now" | "server-shut-out" | "server-let-in")
  | ("comment-shown" | "comment-waits" | "comments-closed" | "comment-limited" | "comment-gone" | "comment-changed" | "comment-removed")
  | ("comments-decided" | "comments-undecided" | "report-sent" | "report-sent-before" | "report-closed" | "report-closed-before")
  | ("limit-set" | "limit-lifted" | "limit-refused" | "appeal-sent" | "appeal-sent-before" | "appeal-decided" | "appeal-own")
  | ("server-silenced" | "server-listed" | "server-unlisted" | "server-without-pictures" | "blocks-imported")
  | ("follow-asked" | "followed" | "followed-already" | "unfollowed" | "followed-by-rule" | "excepted" | "exception-ended")
  | ("alerts-wanted" | "alerts-ended" | "alerts-follow-first")
  | ("follower-accepted" | "follower-removed" | "muted" | "unmuted" | "blocked" | "unblocked" | "server-hidden" | "server-shown")
  | ("ticket-named" | "feed-revoked")
  | ("family-asked" | "family-child" | "family-yes" | "family-no" | "family-ended" | "family-gone" | "family-decided" | "family-own")
  | "import-begun"
  | ("export-ready" | "export-enough" | "erasure-asked" | "erasure-before" | "erasure-undone" | "erasure-retried" | "erasures-replay-first")
  | ("address-asked" | "address-stopped" | "picture-saved" | "picture-removed")
  | ("profile-saved" | "moved-away" | "moved-back")
  | ("list-made" | "list-removed" | "list-joined" | "list-left" | "list-follow-first")
  | ("post-said" | "post-gone")
  | ("invitation-used" | "invitation-used-before" | "invitation-revoked" | "let-in" | "not-let-in" | "decided-before")
  | (
      | "group-joined"
      | "group-asked"
      | "group-left"
      | "group-closed"
      | "group-already"
      | "group-put-in"
      | "group-taken-out"
      | "group-not-let-in"
    )
  | ("group-gives-rights" | "not-about-yourself" | "dues-in-cart" | "dues-not-had" | "dues-noted" | "dues-taken-back")
  | ("paused" | "released" | "pending-discarded")
  | ("stated" | "taken-back" | "not-stated")
  | ("signed-out-there" | "passkey-added" | "passkey-renamed" | "passkey-removed")
  | ("ghost-started" | "ghost-sweep" | "ghost-asked" | "ghost-ended" | "ghost-file-started" | "ghost-file-stopped")
  | ("ghost-differences" | "ghost-unconfirmed" | "ghost-members" | "ghost-menu" | "ghost-menu-same" | "ghost-away")
  | ("saved" | "published" | "scheduled" | "withdrawn" | "binned" | "restored" | "copied" | "version-restored" | "preview-revoked")
  | ("saved-public-already" | "saved-draft-already")
  | ("page-moved" | "sorted" | "pages-below" | "above-first" | "merged" | "removed-for-good")
  | ("file-added" | "files-added" | "file-removed" | "file-in-use" | "menu-changed" | "widgets-changed")
  | ("made-off-sale" | "shelf-moved" | "counted" | "counted-partly" | "prices-follow")
  | (
      | "finding-accepted"
      | "finding-declined"
      | "findings-accepted"
      | "findings-declined"
      | "findings-partly-decided"
      | "findings-not-decided"
    )
  | ("finding-settled" | "finding-superseded" | "finding-late" | "finding-untakable" | "nothing-chosen" | "pictures-full")
  | ("product-made" | "product-linked" | "run-asked" | "run-under-way" | "run-stopping" | "run-resumed" | "run-over" | "alarm-dismissed")
  | ("entry-proposed" | "entry-confirmed" | "entry-declined" | "entry-settled" | "entry-cancelled" | "entry-back" | "entry-withdrawn")
  | (
      | "attendance-yes"
      | "attendance-no"
      | "attendance-none"
      | "attendance-closed"
      | "entry-conflict"
      | "changes-dropped"
      | "address-revoked"
      | "feed-followed"
      | "feed-ended"
      | "feed-asked"
      | "guests-invited"
      | "setup-refused"
    )
  | (
      | "room-booked"
      | "room-asked"
      | "room-given-back"
      | "room-closed"
      | "room-approved"
      | "room-to-be-paid"
      | "room-late"
      | "room-part-off"
      | "room-declined"
      | "room-called-off"
      | "room-shut"
      | "room-shut-with-entries"
      | "room-shut-with-bookings"
      | "room-opened"
      | "ticket-given-back"
      | "ticket-closed"
      | "ticket-refund-waits"
      | "ticket-part-given-back"
      | "ticket-sent"
      | "ticket-here"
      | "tickets-held"
      | "tickets-gone"
      | "wait-left"
      | "type-saved"
      | "type-closed"
    )
  | ("disconnected" | "app-saved" | "app-removed")
  | ("newsletter-asked" | "newsletter-bad-address" | "newsletter-subscribed" | "newsletter-no-address" | "newsletter-saved")
  | (
      | "newsletter-list-saved"
      | "letter-saved"
      | "letter-taken-anew"
      | "letter-tested"
      | "letter-not-tested"
      | "letter-begun"
      | "letter-scheduled"
    )
  | ("letter-moved-on" | "letter-paused" | "letter-resumed" | "letter-cancelled" | "letter-draft-again" | "letter-discarded")
  | ("suppression-lifted" | "suppression-none");

/** What a page can be asked to say once, by code: an address never brings words of its own into a page. */
const NOTICES: Record<NoticeCode, Notice> = {
  "newsletter-asked": {
    tone: "good",
    title: "Nearly there: look into your mailbox. The mail that we have just sent asks whether it is you.",
    isAboutCart: false,
  },
  "newsletter-bad-address": {
    tone: "attention",
    title: "That is no mail address. Please try again, as ada@example.org.",
    isAboutCart: false,
  },
  "newsletter-subscribed": { tone: "good", title: "You get it from now on, at the address of your account.", isAboutCart: false },
  "newsletter-no-address": {
    tone: "attention",
    title: "We can’t write to you: your account has no address that is confirmed, or mail to it comes back.",
    isAboutCart: false,
  },
  "newsletter-saved": { tone: "good", title: "Noted. It holds from now on.", isAboutCart: false },
  "newsletter-list-saved": { tone: "good", title: "The list is saved.", isAboutCart: false },
  "letter-saved": { tone: "good", title: "The letter is saved. Nobody has it yet.", isAboutCart: false },
  "letter-taken-anew": { tone: "good", title: "The letter has the text as it stands in the blog now.", isAboutCart: false },
  "letter-tested": { tone: "good", title: "It is on its way to your own address.", isAboutCart: false },
  "letter-not-tested": { tone: "attention", title: "The mail server did not take it. Nobody got anything.", isAboutCart: false },
  "letter-begun": { tone: "good", title: "It goes out, in a few seconds.", isAboutCart: false },
  "letter-scheduled": { tone: "good", title: "It goes out at that time, by itself.", isAboutCart: false },
  "letter-moved-on": {
    tone: "info",
    title: "It had come further already, by you or somebody else. Nothing was done twice.",
    isAboutCart: false,
  },
  "letter-paused": { tone: "attention", title: "It is paused: who has not got it waits.", isAboutCart: false },
  "letter-resumed": { tone: "good", title: "It goes on where it was.", isAboutCart: false },
  "letter-cancelled": { tone: "info", title: "It is cancelled: who has not got it does not get it.", isAboutCart: false },
  "letter-draft-again": { tone: "info", title: "It is a draft again. Nobody got it.", isAboutCart: false },
  "letter-discarded": { tone: "info", title: "The draft is thrown away. Its text is still in the blog.", isAboutCart: false },
  "suppression-lifted": { tone: "good", title: "It can be written to again.", isAboutCart: false },
  "suppression-none": { tone: "info", title: "Nothing is in the way of that address, or whose it was is erased.", isAboutCart: false },
  added: { tone: "good", title: "It is in your cart.", isAboutCart: true },
  capped: { tone: "attention", title: "Your cart now has as many as can be had.", isAboutCart: true },
  "sold-out": { tone: "attention", title: "That has just sold out. Nothing was added.", isAboutCart: true },
  changed: { tone: "good", title: "The quantity is changed.", isAboutCart: true },
  "paid-back": { tone: "good", title: "It goes back the way it came.", isAboutCart: false },
  "paid-back-partly": {
    tone: "attention",
    title: "Of some orders another refund is under way. Look at them again when it has ended.",
    isAboutCart: false,
  },
  "nothing-to-pay-back": { tone: "info", title: "Nothing went back: all of it did before, or it was not paid here.", isAboutCart: false },
  "not-yours-to-refund": { tone: "attention", title: "Whoever looks after the cart pays back. Nothing was done.", isAboutCart: false },
  "order-sent": { tone: "good", title: "It is on its way to the supplier.", isAboutCart: false },
  "order-sent-already": { tone: "info", title: "It was sent already. Nothing went out a second time.", isAboutCart: false },
  "order-not-closed": {
    tone: "attention",
    title: "The cycle is not closed: people may still order. Nothing was sent.",
    isAboutCart: false,
  },
  "order-no-address": { tone: "attention", title: "Say first where this supplier takes orders. Nothing was sent.", isAboutCart: false },
  "order-unchanged": { tone: "info", title: "There is nothing to send.", isAboutCart: false },
  "order-undecided": { tone: "attention", title: "Some case is not full: say first what becomes of it.", isAboutCart: false },
  "order-arrived": { tone: "good", title: "It is here. Whoever gets less is told.", isAboutCart: false },
  "tickets-held": { tone: "good", title: "It is in your cart, and kept for you for 15 minutes.", isAboutCart: true },
  "tickets-gone": { tone: "attention", title: "Nothing was added: it can’t be had now.", isAboutCart: false },
  "shares-gone": { tone: "attention", title: "Others have just taken all that comes of it. Nothing was added.", isAboutCart: true },
  "cut-off": { tone: "attention", title: "It can’t be ordered now: the cut-off has passed. Nothing was added.", isAboutCart: true },
  "not-for-you": { tone: "attention", title: "It is sold to some members only. Nothing was added.", isAboutCart: false },
  "code-kept": { tone: "good", title: "The code is taken. What it takes off stands below.", isAboutCart: false },
  "code-removed": { tone: "info", title: "The code is gone.", isAboutCart: false },
  "code-unknown": { tone: "attention", title: "That code opens nothing, or does so no more.", isAboutCart: false },
  "again-in-cart": { tone: "good", title: "All of it is in your cart again.", isAboutCart: true },
  "again-partly": { tone: "attention", title: "What can still be had is in your cart again. Not all of it can.", isAboutCart: true },
  "price-accepted": { tone: "good", title: "Noted: you have seen the new price.", isAboutCart: true },
  removed: { tone: "info", title: "It is out of your cart.", isAboutCart: true },
  read: { tone: "good", title: "All read.", isAboutCart: false },
  "seen-forgotten": { tone: "info", title: "It is forgotten what you looked at.", isAboutCart: false },
  "invitation-used": { tone: "good", title: "Welcome. What the invitation was for is done.", isAboutCart: false },
  "invitation-used-before": { tone: "info", title: "You have used that invitation before.", isAboutCart: false },
  "invitation-revoked": { tone: "info", title: "The invitation opens nothing any more.", isAboutCart: false },
  "let-in": { tone: "good", title: "They are a member now, and hear of it by mail.", isAboutCart: false },
  "not-let-in": { tone: "info", title: "They are not let in, and hear of it with your reason.", isAboutCart: false },
  "decided-before": { tone: "attention", title: "Somebody decided that before you.", isAboutCart: false },
  "group-joined": { tone: "good", title: "You are in the group.", isAboutCart: false },
  "group-asked": { tone: "good", title: "You have asked. A steward lets you in, and it shows here.", isAboutCart: false },
  "group-left": { tone: "info", title: "You have left the group. What followed from it is gone with it.", isAboutCart: false },
  "group-closed": { tone: "attention", title: "Nobody gets into this group by themselves: a steward puts them in.", isAboutCart: false },
  "group-already": { tone: "info", title: "That is so already.", isAboutCart: false },
  "group-put-in": { tone: "good", title: "They are in the group.", isAboutCart: false },
  "group-not-let-in": { tone: "info", title: "They are not let in.", isAboutCart: false },
  "group-taken-out": { tone: "info", title: "They are not in the group any more.", isAboutCart: false },
  "group-gives-rights": {
    tone: "attention",
    title: "This group gives roles: only who may give roles changes who is in it. Nothing was done.",
    isAboutCart: false,
  },
  "not-about-yourself": { tone: "attention", title: "Nobody gives rights to themselves. Somebody else has to do it.", isAboutCart: false },
  "dues-in-cart": { tone: "good", title: "Your dues are in the cart.", isAboutCart: true },
  "dues-not-had": { tone: "attention", title: "There is nothing to pay for this group now.", isAboutCart: false },
  "dues-noted": { tone: "good", title: "It is noted.", isAboutCart: false },
  "dues-taken-back": { tone: "info", title: "It is taken back: until when they have paid is counted anew.", isAboutCart: false },
  stated: { tone: "good", title: "It is stated, in your name.", isAboutCart: false },
  "taken-back": { tone: "good", title: "It is taken back. What others state and rules derive stays.", isAboutCart: false },
  "not-stated": { tone: "attention", title: "That was taken back already.", isAboutCart: false },
  retried: { tone: "good", title: "It is tried again now.", isAboutCart: false },
  discarded: { tone: "info", title: "It is discarded, and its object goes on.", isAboutCart: false },
  "comment-shown": { tone: "good", title: "Your comment is there, for everybody.", isAboutCart: false },
  "comment-waits": { tone: "good", title: "Your comment is kept. A steward looks at it before everybody sees it.", isAboutCart: false },
  "comments-closed": { tone: "attention", title: "No comments are taken there any more. Nothing was sent.", isAboutCart: false },
  "comment-limited": { tone: "attention", title: "You are suspended: nothing was sent. You can ask for another look.", isAboutCart: false },
  "comment-gone": { tone: "attention", title: "What you answered is not there any more. Nothing was sent.", isAboutCart: false },
  "comment-changed": { tone: "good", title: "Your comment is changed.", isAboutCart: false },
  "comment-removed": { tone: "info", title: "Your comment is deleted.", isAboutCart: false },
  "comments-decided": { tone: "good", title: "It is decided, and the pages follow.", isAboutCart: false },
  "comments-undecided": { tone: "attention", title: "Nothing was chosen, or somebody decided before you.", isAboutCart: false },
  "report-sent": { tone: "good", title: "It is reported.", isAboutCart: false },
  "report-sent-before": { tone: "info", title: "You reported that before: a steward looks at it.", isAboutCart: false },
  "report-closed": { tone: "good", title: "It is decided and closed.", isAboutCart: false },
  "report-closed-before": { tone: "attention", title: "Somebody closed it before you. Nothing was done.", isAboutCart: false },
  "limit-set": { tone: "good", title: "It holds from now on, and the pages follow.", isAboutCart: false },
  "limit-lifted": { tone: "good", title: "It is lifted: what no other reason hides is back.", isAboutCart: false },
  "limit-refused": {
    tone: "attention",
    title: "The report is closed. The person was not held back: they are a steward, or yourself.",
    isAboutCart: false,
  },
  "appeal-sent": { tone: "good", title: "You are heard: another steward looks at it.", isAboutCart: false },
  "appeal-sent-before": { tone: "info", title: "You have asked for that before.", isAboutCart: false },
  "appeal-decided": { tone: "good", title: "It is answered. They are told.", isAboutCart: false },
  "appeal-own": { tone: "attention", title: "You decided that: another steward is to answer.", isAboutCart: false },
  "server-silenced": { tone: "good", title: "The server is silenced.", isAboutCart: false },
  "server-without-pictures": { tone: "info", title: "Pictures of that server are not fetched or shown any more.", isAboutCart: false },
  "server-listed": { tone: "good", title: "The server is on the list of those that are let in.", isAboutCart: false },
  "server-unlisted": { tone: "info", title: "The server is off the list of those that are let in.", isAboutCart: false },
  "blocks-imported": { tone: "good", title: "What the list says holds from now on.", isAboutCart: false },
  "follow-asked": { tone: "good", title: "They are asked. Many say yes within seconds.", isAboutCart: false },
  "followed-already": { tone: "info", title: "You follow them already.", isAboutCart: false },
  followed: { tone: "good", title: "You follow them.", isAboutCart: false },
  unfollowed: { tone: "info", title: "You follow them no more.", isAboutCart: false },
  "followed-by-rule": {
    tone: "attention",
    title: "That changed nothing: you follow them by a rule, too. You can make an exception below.",
    isAboutCart: false,
  },
  excepted: { tone: "good", title: "You don't follow them, whatever rules say.", isAboutCart: false },
  "alerts-wanted": { tone: "good", title: "You are told of each new post of theirs.", isAboutCart: false },
  "alerts-ended": { tone: "info", title: "You are not told of their posts any more. They still stand at home.", isAboutCart: false },
  "alerts-follow-first": {
    tone: "attention",
    title: "Follow them first: you can be told of the posts of people whom you follow.",
    isAboutCart: false,
  },
  "exception-ended": { tone: "info", title: "The exception is taken back: rules count again.", isAboutCart: false },
  "follower-accepted": { tone: "good", title: "They follow you now.", isAboutCart: false },
  "follower-removed": { tone: "info", title: "They don't follow you, and are told so.", isAboutCart: false },
  muted: { tone: "good", title: "You see nothing of them any more. They are not told.", isAboutCart: false },
  unmuted: { tone: "info", title: "You see them again.", isAboutCart: false },
  blocked: { tone: "good", title: "Nothing passes between you and them any more.", isAboutCart: false },
  unblocked: { tone: "info", title: "They are blocked no more. Nobody follows anybody again by it.", isAboutCart: false },
  "server-hidden": { tone: "good", title: "Nothing passes between you and anybody there.", isAboutCart: false },
  "server-shown": { tone: "info", title: "The server is blocked no more.", isAboutCart: false },
  "profile-saved": { tone: "good", title: "Your profile is saved. Pages that it names are looked at in a while.", isAboutCart: false },
  "address-asked": { tone: "good", title: "We wrote to both addresses. Nothing changes before both say yes.", isAboutCart: false },
  "address-stopped": { tone: "info", title: "It stays as it is. The links that we sent open nothing any more.", isAboutCart: false },
  "picture-saved": { tone: "good", title: "That is your picture now.", isAboutCart: false },
  "picture-removed": { tone: "info", title: "The first letter of your name stands for you again.", isAboutCart: false },
  "moved-away": { tone: "good", title: "You have moved. Whoever follows you is told.", isAboutCart: false },
  "moved-back": { tone: "info", title: "Your profile says no more that you moved.", isAboutCart: false },
  "export-ready": { tone: "good", title: "Your export is ready: fetch it below.", isAboutCart: false },
  "export-enough": { tone: "attention", title: "You asked five times today. Those below are good for some days.", isAboutCart: false },
  "erasure-asked": { tone: "info", title: "It is noted, and you have mail. Until then you can undo it.", isAboutCart: false },
  "erasure-before": { tone: "attention", title: "This was asked for already.", isAboutCart: false },
  "erasure-undone": { tone: "good", title: "It is undone: everything stays as it was.", isAboutCart: false },
  "erasure-retried": { tone: "good", title: "It is tried again.", isAboutCart: false },
  "erasures-replay-first": {
    tone: "attention",
    title: "Not released: the list of who was erased has not been read in this database yet.",
    isAboutCart: false,
  },
  "import-begun": { tone: "good", title: "It begins. It goes on by itself, also when you leave.", isAboutCart: false },
  "list-made": { tone: "good", title: "The list is made. Put people into it.", isAboutCart: false },
  "list-removed": { tone: "info", title: "The list is removed. You follow everybody as before.", isAboutCart: false },
  "list-joined": { tone: "good", title: "They are in the list.", isAboutCart: false },
  "list-left": { tone: "info", title: "They are in the list no more.", isAboutCart: false },
  "list-follow-first": { tone: "attention", title: "Only people whom you follow can be in a list.", isAboutCart: false },
  "post-said": { tone: "good", title: "It is said.", isAboutCart: false },
  "post-gone": { tone: "info", title: "The post is gone.", isAboutCart: false },
  "server-shut-out": { tone: "good", title: "The server is shut out.", isAboutCart: false },
  "server-let-in": { tone: "good", title: "The server is let in again.", isAboutCart: false },
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
  "saved-public-already": { tone: "good", title: "Your text is saved. It was public already: readers see it now.", isAboutCart: false },
  "saved-draft-already": { tone: "info", title: "Your text is saved. It was a draft already: nobody else sees it.", isAboutCart: false },
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
  "made-off-sale": { tone: "good", title: "It is made, off sale. Say the rest, then put it on.", isAboutCart: false },
  "shelf-moved": { tone: "good", title: "The order is changed.", isAboutCart: false },
  counted: { tone: "good", title: "What you counted stands.", isAboutCart: false },
  "counted-partly": {
    tone: "attention",
    title: "Some was sold or changed while you counted: count what is marked again. The rest stands.",
    isAboutCart: false,
  },
  "prices-follow": { tone: "good", title: "The rules are changed.", isAboutCart: false },
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
  "ghost-file-started": { tone: "good", title: "It begins. It goes on by itself, also when you leave.", isAboutCart: false },
  "ghost-file-stopped": { tone: "info", title: "It is stopped. What is here already stays.", isAboutCart: false },
  "ghost-differences": { tone: "good", title: "They are made alike now, one after the other.", isAboutCart: false },
  "ghost-unconfirmed": { tone: "attention", title: "Nothing was done: say first that you mean it.", isAboutCart: false },
  "ghost-members": { tone: "good", title: "Members, newsletters and labels are brought here now. Nobody is mailed.", isAboutCart: false },
  "ghost-menu": { tone: "good", title: "The menus of Ghost are here, behind what was there before.", isAboutCart: false },
  "ghost-menu-same": { tone: "info", title: "Everything in Ghost's menus is in the menus here already.", isAboutCart: false },
  "ghost-away": { tone: "attention", title: "Ghost did not answer. Nothing was changed; try it again in a while.", isAboutCart: false },
  "finding-accepted": { tone: "good", title: "It is accepted, and the shop follows.", isAboutCart: false },
  "finding-declined": { tone: "info", title: "It is declined, until the supplier says something else.", isAboutCart: false },
  "findings-accepted": { tone: "good", title: "They are accepted, and the shop follows.", isAboutCart: false },
  "findings-declined": { tone: "info", title: "They are declined, until the supplier says something else.", isAboutCart: false },
  "findings-partly-decided": {
    tone: "attention",
    title: "Not all of them: what is new or held, or more than fits one go, still waits.",
    isAboutCart: false,
  },
  "findings-not-decided": {
    tone: "attention",
    title: "Nothing was decided: they are new or held, or somebody was quicker.",
    isAboutCart: false,
  },
  "finding-settled": { tone: "attention", title: "Somebody decided that before you. What they said stands below.", isAboutCart: false },
  "finding-superseded": { tone: "attention", title: "Nothing was done: a later run says otherwise.", isAboutCart: false },
  "finding-late": { tone: "attention", title: "Nothing was done: what the supplier says came another way since.", isAboutCart: false },
  "finding-untakable": { tone: "attention", title: "Nothing was done: that can’t stand in the shop.", isAboutCart: false },
  "pictures-full": { tone: "attention", title: "It has as many pictures as a product can have. Take one away first.", isAboutCart: false },
  "nothing-chosen": { tone: "attention", title: "Nothing was chosen, so nothing was done.", isAboutCart: false },
  "product-made": { tone: "good", title: "It is on the shelf. State its allergens: nobody has yet.", isAboutCart: false },
  "product-linked": { tone: "good", title: "The supplier’s number is known to be this product’s.", isAboutCart: false },
  "run-asked": { tone: "good", title: "It begins in a moment. It goes on by itself, also when you leave.", isAboutCart: false },
  "run-under-way": { tone: "info", title: "It is under way already.", isAboutCart: false },
  "run-stopping": { tone: "info", title: "It ends after the page in hand. What was seen stays.", isAboutCart: false },
  "run-resumed": { tone: "good", title: "It goes on in a moment.", isAboutCart: false },
  "run-over": { tone: "attention", title: "It was over already.", isAboutCart: false },
  "alarm-dismissed": { tone: "good", title: "What the pages say now is how it is. Rules accept again.", isAboutCart: false },
  "entry-proposed": { tone: "good", title: "It is proposed. Whoever looks after the calendar reads it first.", isAboutCart: false },
  "entry-confirmed": { tone: "good", title: "It is confirmed, and stands in the calendar.", isAboutCart: false },
  "entry-declined": { tone: "info", title: "It is declined.", isAboutCart: false },
  "entry-settled": { tone: "attention", title: "Somebody decided that before you, or it is gone.", isAboutCart: false },
  "entry-cancelled": { tone: "info", title: "It is cancelled. It stays there, struck through.", isAboutCart: false },
  "entry-back": { tone: "good", title: "It takes place after all.", isAboutCart: false },
  "entry-withdrawn": { tone: "info", title: "It is withdrawn.", isAboutCart: false },
  "attendance-yes": { tone: "good", title: "You come: it is noted.", isAboutCart: false },
  "attendance-no": { tone: "info", title: "You don’t come: it is noted.", isAboutCart: false },
  "attendance-none": { tone: "info", title: "What you said is taken back.", isAboutCart: false },
  "attendance-closed": {
    tone: "attention",
    title: "Nothing was noted: it is over or off, or tickets are given out for it.",
    isAboutCart: false,
  },
  "entry-conflict": { tone: "attention", title: "It was changed since you looked at it. Nothing was done.", isAboutCart: false },
  "changes-dropped": {
    tone: "attention",
    title: "It is saved. Some single times that had been changed fit none any more: they are as the series is.",
    isAboutCart: false,
  },
  "address-revoked": { tone: "info", title: "That address opens nothing any more.", isAboutCart: false },
  "feed-followed": { tone: "good", title: "It is read in a moment, and then every hour.", isAboutCart: false },
  "feed-ended": { tone: "info", title: "It is not followed any more.", isAboutCart: false },
  "feed-asked": { tone: "good", title: "It is asked in a moment.", isAboutCart: false },
  "guests-invited": { tone: "good", title: "They are asked: the mails are on their way.", isAboutCart: false },
  "setup-refused": { tone: "attention", title: "Nothing was changed: something uses it, or it is gone.", isAboutCart: false },
  "room-booked": { tone: "good", title: "The room is yours. You get a mail, too.", isAboutCart: false },
  "room-asked": {
    tone: "good",
    title: "You have asked for it. Whoever looks after the room decides, and you hear of it.",
    isAboutCart: false,
  },
  "room-given-back": { tone: "good", title: "The room is free again. What you paid for it is on its way back.", isAboutCart: false },
  "room-closed": { tone: "attention", title: "That can’t be done with this booking any more. Nothing was changed.", isAboutCart: false },
  "room-approved": { tone: "good", title: "It is approved, and they hear of it.", isAboutCart: false },
  "room-to-be-paid": { tone: "good", title: "It is approved, and they are asked to pay for it in time.", isAboutCart: false },
  "room-late": {
    tone: "attention",
    title: "It was to be paid before. The room is free for others, and you can ask for it again.",
    isAboutCart: false,
  },
  "room-part-off": { tone: "good", title: "That time is off, and they hear of it with your reason. The others stand.", isAboutCart: false },
  "room-declined": { tone: "good", title: "It is declined, and they hear of it with your reason.", isAboutCart: false },
  "room-called-off": {
    tone: "good",
    title: "It is off, and they hear of it with your reason. What they paid goes back.",
    isAboutCart: false,
  },
  "room-shut": { tone: "good", title: "The room is closed.", isAboutCart: false },
  "room-shut-with-entries": {
    tone: "attention",
    title: "The room is closed. Entries that had it have none now, and their organisers are told.",
    isAboutCart: false,
  },
  "room-shut-with-bookings": {
    tone: "attention",
    title: "The room is closed. There are bookings in that time: they stand until you call them off.",
    isAboutCart: false,
  },
  "room-opened": { tone: "good", title: "That reason is lifted. The room is free where no other keeps it closed.", isAboutCart: false },
  "ticket-given-back": { tone: "good", title: "The place is free again. What you paid is on its way back.", isAboutCart: false },
  "ticket-part-given-back": {
    tone: "good",
    title: "That part is given back, and what you paid for it is on its way. The rest of your pass is good as before.",
    isAboutCart: false,
  },
  "ticket-named": { tone: "good", title: "It is noted whom the ticket is for.", isAboutCart: false },
  "feed-revoked": { tone: "info", title: "That address opens nothing any more.", isAboutCart: false },
  "family-asked": { tone: "good", title: "They are asked. You see their tickets once they say yes.", isAboutCart: false },
  "family-child": { tone: "good", title: "They are in your family. Say on a ticket of yours that it is for them.", isAboutCart: false },
  "family-yes": { tone: "good", title: "They look after you now, and see your tickets.", isAboutCart: false },
  "family-no": { tone: "info", title: "They don’t look after you, and see nothing of yours.", isAboutCart: false },
  "family-ended": { tone: "info", title: "It is ended, from now on.", isAboutCart: false },
  "family-gone": { tone: "attention", title: "Somebody decided that before you, or it is over.", isAboutCart: false },
  "family-decided": { tone: "good", title: "It is decided, and both of them hear of it.", isAboutCart: false },
  "family-own": { tone: "attention", title: "Nothing was done: nobody decides about their own family.", isAboutCart: false },
  "ticket-closed": { tone: "attention", title: "That can't be done with this ticket any more. Nothing was changed.", isAboutCart: false },
  "ticket-refund-waits": {
    tone: "attention",
    title: "Money of the same order is on its way back already. Please try again in some minutes.",
    isAboutCart: false,
  },
  "ticket-sent": { tone: "good", title: "The ticket is theirs now: they get it by mail.", isAboutCart: false },
  "ticket-here": { tone: "good", title: "Here is your ticket. You get it by mail, too.", isAboutCart: false },
  "wait-left": { tone: "info", title: "You don't wait any more.", isAboutCart: false },
  "type-saved": { tone: "good", title: "It is saved.", isAboutCart: false },
  "type-closed": { tone: "info", title: "It is not sold any more.", isAboutCart: false },
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
