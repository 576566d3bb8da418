import type { Notice } from "./notice.ts";

/** Of newsletters. */
export const LETTERS_NOTICES = {
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
} satisfies Record<string, Notice>;
