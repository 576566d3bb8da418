import type { WrittenElsewhere } from "@rose-ash/shared/contracts/fediverse.ts";
import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { Tx } from "@rose-ash/shared/contracts/tx.ts";
import { type Fediverse, uriOf } from "@rose-ash/shared/infrastructure/activitypub/index.ts";
import type { Clock } from "@rose-ash/shared/infrastructure/clock.ts";
import { readWritten } from "./read-written.ts";

export interface FetchingParts {
  readonly services: Services;
  readonly fediverse: Fediverse;
  readonly clock: Clock;
}

/** A post of another host, by its own word. keep: writes it down with its author. busy: too much is asked for at the moment. */
export type FetchedStatus =
  | { readonly kind: "status"; readonly written: WrittenElsewhere; keep(tx: Tx): Promise<boolean> }
  | { readonly kind: "busy" }
  | { readonly kind: "none"; readonly reason: string };

/** Asks the host of a post for it, and for its author. What is not for everybody is not taken: nobody here was given it. */
export async function fetchStatus({ services, fediverse, clock }: FetchingParts, uri: string): Promise<FetchedStatus> {
  const none = (reason: string) => ({ kind: "none", reason }) as const;
  if (fediverse.actors.isOurs(uri)) return none("it is one of ours");
  if (await services.fediverse.isSuspended(new URL(uri).host)) return none("its server is shut out");
  const fetched = await fediverse.fetcher.fetch(uri);
  if (fetched.kind === "busy") return { kind: "busy" };
  if (fetched.kind !== "document") return none(fetched.kind === "gone" ? "it is gone" : fetched.reason);
  const actor = uriOf(fetched.document["attributedTo"]);
  const written = actor === null ? null : readWritten(fetched.document, actor, clock.now());
  if (actor === null || written === null) return none("it is nothing that is written");
  if (written.visibility !== "public" && written.visibility !== "unlisted") return none("it is not for everybody");
  const author = await fediverse.remote.find(actor);
  if (author.kind === "busy") return { kind: "busy" };
  if (author.kind !== "actor") return none("who wrote it can't be asked");
  const concern = await services.fediverse.concernOf(written);
  return {
    ...{ kind: "status", written },
    async keep(tx) {
      await fediverse.remote.keep(tx, author.actor);
      return services.fediverse.keepDocument(tx, written, concern?.about ?? null);
    },
  };
}
