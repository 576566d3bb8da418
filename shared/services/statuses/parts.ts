import type { Reader } from "../../contracts/statuses.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";

/** What all of this folder needs. */
export interface StatusParts {
  readonly db: ServiceDeps["db"];
  readonly clock: ServiceDeps["clock"];
  readonly publicUrl: ServiceDeps["publicUrl"];
  /** The actor of a member, or null of a guest. */
  actorOf(reader: Reader): string;
}

export function partsOf({ db, clock, publicUrl }: ServiceDeps): StatusParts {
  return { db, clock, publicUrl, actorOf: ({ handle }) => publicUrl("federation", `/ap/members/${handle}`) };
}

/** The actor of whoever reads; null: a guest. */
export const actorOrNull = (parts: StatusParts, reader: Reader | null) => (reader === null ? null : parts.actorOf(reader));
