import type { Notice } from "./notice.ts";

/** Of what is done behind the counter. */
export const OPERATION_NOTICES = {
  stated: { tone: "good", title: "It is stated, in your name.", isAboutCart: false },
  "taken-back": { tone: "good", title: "It is taken back. What others state and rules derive stays.", isAboutCart: false },
  "not-stated": { tone: "attention", title: "That was taken back already.", isAboutCart: false },
  retried: { tone: "good", title: "It is tried again now.", isAboutCart: false },
  discarded: { tone: "info", title: "It is discarded, and its object goes on.", isAboutCart: false },
  "server-shut-out": { tone: "good", title: "The server is shut out.", isAboutCart: false },
  "server-let-in": { tone: "good", title: "The server is let in again.", isAboutCart: false },
  "not-there-now": { tone: "attention", title: "It was handled or changed meanwhile.", isAboutCart: false },
  paused: { tone: "attention", title: "Nothing goes out any more, until it is released.", isAboutCart: false },
  released: { tone: "good", title: "It is released: what is pending goes out now.", isAboutCart: false },
  "pending-discarded": { tone: "info", title: "What was pending is discarded. The site is still paused.", isAboutCart: false },
} satisfies Record<string, Notice>;
