import { createHmac } from "node:crypto";
import { deriveSecret, isSameSecret } from "@rose-ash/shared/infrastructure/keys/index.ts";
import type { LetterId, NewsletterId, SubscriberId } from "@rose-ash/shared/models/ids.ts";

/** letterId 0: of no letter. newsletterId 0: of all lists. */
export interface LetterLink {
  subscriberId: SubscriberId;
  newsletterId: NewsletterId | 0;
  letterId: LetterId | 0;
}

/** Signs what stands in mails, and reads it: whoever has the mail has the link, and nothing stores it. */
export interface LetterLinks {
  /** What ends a subscription, in an address: numbers and a signature. */
  leave(link: LetterLink): string;
  readLeave(token: string): LetterLink | null;
  /** All lists of one address. */
  preferences(subscriberId: SubscriberId): string;
  readPreferences(token: string): SubscriberId | null;
  confirm(consentId: number): string;
  readConfirm(token: string): number | null;
  /** What a mail is known by when it comes back: lower case, as local parts are. */
  returned(letterId: LetterId, subscriberId: SubscriberId): string;
  readReturned(token: string): { letterId: LetterId; subscriberId: SubscriberId } | null;
}

/** 96 bits in hexadecimal: too many to guess, and short enough for a local part. */
const SIGNATURE = 24;
const NUMBER = "([1-9][0-9]{0,14}|0)";

/** Each purpose has a signature of its own: a link for one thing opens no other. */
export function makeLetterLinks(deploymentSecret: string): LetterLinks {
  const key = deriveSecret(deploymentSecret, "letters");
  const sign = (purpose: string, ids: readonly number[]) => {
    const words = ids.join("-");
    return `${words}-${createHmac("sha256", key).update(`${purpose} ${words}`).digest("hex").slice(0, SIGNATURE)}`;
  };
  const read = (purpose: string, count: number, token: string): number[] | null => {
    const pattern = new RegExp(`^${`${NUMBER}-`.repeat(count)}[0-9a-f]{${SIGNATURE}}$`);
    const ids = pattern
      .exec(token)
      ?.slice(1, count + 1)
      .map(Number);
    return ids && isSameSecret(token, sign(purpose, ids)) ? ids : null;
  };
  return {
    leave: ({ subscriberId, newsletterId, letterId }) => sign("leave", [subscriberId, newsletterId, letterId]),
    readLeave(token) {
      const ids = read("leave", 3, token) as [SubscriberId, NewsletterId, LetterId] | null; // signed by us as such
      return ids && { subscriberId: ids[0], newsletterId: ids[1], letterId: ids[2] };
    },
    preferences: (subscriberId) => sign("preferences", [subscriberId]),
    readPreferences: (token) => (read("preferences", 1, token)?.[0] as SubscriberId | undefined) ?? null,
    confirm: (consentId) => sign("confirm", [consentId]),
    readConfirm: (token) => read("confirm", 1, token)?.[0] ?? null,
    returned: (letterId, subscriberId) => sign("returned", [letterId, subscriberId]),
    readReturned(token) {
      const ids = read("returned", 2, token) as [LetterId, SubscriberId] | null; // signed by us as such
      return ids && { letterId: ids[0], subscriberId: ids[1] };
    },
  };
}
