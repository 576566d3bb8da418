import type { Visibility } from "../../../models/federation.ts";

export const AS = "https://www.w3.org/ns/activitystreams";
/** Everybody, as an address. */
export const PUBLIC = `${AS}#Public`;

export const ACTIVITY_CONTEXT = [
  AS,
  "https://w3id.org/security/data-integrity/v1",
  {
    ...{ Hashtag: "as:Hashtag", sensitive: "as:sensitive", ical: "http://www.w3.org/2002/12/cal/ical#", sc: "http://schema.org#" },
    ...{ toot: "http://joinmastodon.org/ns#", votersCount: "toot:votersCount" },
  },
] as const;

export const ACTOR_CONTEXT = [
  AS,
  "https://w3id.org/security/v1",
  "https://w3id.org/security/data-integrity/v1",
  "https://w3id.org/security/multikey/v1",
  {
    manuallyApprovesFollowers: "as:manuallyApprovesFollowers",
    toot: "http://joinmastodon.org/ns#",
    featured: { "@id": "toot:featured", "@type": "@id" },
    discoverable: "toot:discoverable",
    indexable: "toot:indexable",
    schema: "http://schema.org#",
    PropertyValue: "schema:PropertyValue",
    value: "schema:value",
    alsoKnownAs: { "@id": "as:alsoKnownAs", "@type": "@id" },
    movedTo: { "@id": "as:movedTo", "@type": "@id" },
  },
] as const;

/** Whom something is addressed to. followers: the collection of its actor's. */
export function addressesOf(visibility: Visibility, followers: string, named: readonly string[] = []): { to: string[]; cc: string[] } {
  if (visibility === "public") return { to: [PUBLIC], cc: [followers, ...named] };
  if (visibility === "unlisted") return { to: [followers], cc: [PUBLIC, ...named] };
  if (visibility === "followers") return { to: [followers, ...named], cc: [] };
  return { to: [...named], cc: [] };
}
