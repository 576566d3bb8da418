import type { NotificationGroup } from "@rose-ash/shared/contracts/notifications.ts";
import type { NotificationKind } from "@rose-ash/shared/models/federation.ts";

/** What one of them did. */
const DONE: Readonly<Record<Exclude<NotificationKind, "site">, string>> = {
  follow: "follows you",
  "follow-request": "asks to follow you",
  mention: "mentioned you",
  like: "liked what you wrote",
  boost: "shared what you wrote",
  poll: "has a poll that is over",
  post: "wrote something",
  move: "has moved",
  report: "sent a report",
};

/** A notification in one line: who, what, and its first words. path: on federation. */
export function newsLine({ kind, people, others, activity, about, at }: NotificationGroup) {
  if (kind === "site" || activity !== null) {
    const { actor, verb, object } = activity ?? { actor: { name: "" }, verb: "", object: { name: "", url: null } };
    return { who: actor.name, words: `${verb} ${object.name}`, quote: "", url: object.url, path: "/notifications", at };
  }
  const more = people.length - 1 + others;
  const who = `${people[0]?.name ?? "Somebody"}${more > 0 ? ` and ${more} more` : ""}`;
  const words = more > 0 && kind === "follow" ? "follow you" : DONE[kind];
  return { who, words, quote: about?.words ?? "", url: null, path: about?.path ?? "/notifications", at };
}
