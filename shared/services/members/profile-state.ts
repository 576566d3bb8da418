import { createHash } from "node:crypto";
import type { MemberProfile } from "../../contracts/members.ts";

/** Names what a profile says, so that two forms which began with the same can be told from those that did not. */
export function stateOf({ name, pronouns, language, timeZone, diets, avoids }: MemberProfile): string {
  const said = JSON.stringify([name, pronouns, language, timeZone, diets.toSorted(), avoids.toSorted()]);
  return createHash("sha256").update(said).digest("base64url").slice(0, 22);
}
