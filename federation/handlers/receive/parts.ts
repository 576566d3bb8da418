import type { Incoming } from "@rose-ash/shared/contracts/fediverse.ts";
import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { Tx } from "@rose-ash/shared/contracts/tx.ts";
import type { ApDocument, Fediverse, LocalActor } from "@rose-ash/shared/infrastructure/activitypub/index.ts";
import type { Clock } from "@rose-ash/shared/infrastructure/clock.ts";
import type { PublicUrl } from "@rose-ash/shared/infrastructure/service-deps.ts";
import type { UserId } from "@rose-ash/shared/models/ids.ts";

export interface ReceivingParts {
  readonly services: Services;
  readonly fediverse: Fediverse;
  readonly publicUrl: PublicUrl;
  readonly clock: Clock;
}

/** An activity in hand; its actor was verified when it came. */
export interface Received extends Omit<Incoming, "document"> {
  readonly document: ApDocument;
}

/** What is done in one transaction; it says in words what it did. Whatever it took to ask elsewhere was asked before. */
export type Work = (tx: Tx) => Promise<string>;

/** Makes up its mind about an activity of one type, asking other hosts where it must. */
export type Receiver = (parts: ReceivingParts, received: Received) => Promise<Work>;

/** Nothing is done, for this reason. */
export const ignore =
  (why: string): Work =>
  async () =>
    `ignored: ${why}`;

/** The member behind one of our actors; null: it is a service. */
export async function findUserId({ services }: ReceivingParts, { kind, name }: LocalActor): Promise<UserId | null> {
  return kind === "member" ? ((await services.identity.findPublicPerson(name))?.userId ?? null) : null;
}

/** One of ours by address, if it can be written to: a service, or a member who shows themselves. */
export async function findOurs({ services, fediverse }: ReceivingParts, uri: string | null): Promise<LocalActor | null> {
  const actor = uri === null ? null : fediverse.actors.find(uri);
  if (actor === null || actor.kind === "instance") return null;
  if (actor.kind === "service") return actor;
  return (await services.identity.findPublicPerson(actor.name)) === null ? null : actor;
}
