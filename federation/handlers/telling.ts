import type { Statement } from "@rose-ash/shared/contracts/fediverse.ts";
import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { Fediverse, LocalActor } from "@rose-ash/shared/infrastructure/activitypub/index.ts";
import type { PublicUrl } from "@rose-ash/shared/infrastructure/service-deps.ts";

/** What the bridge works with. */
export interface BridgeParts {
  readonly services: Services;
  readonly fediverse: Pick<Fediverse, "actors" | "keysOf">;
  readonly publicUrl: PublicUrl;
}

/** actor: the service's own where left out. to: beside the followers, or in their place. */
export interface Telling extends Pick<Statement, "type" | "object" | "document" | "isListed"> {
  readonly actor?: LocalActor;
  readonly to?: readonly string[];
  readonly isForFollowers?: boolean;
}
