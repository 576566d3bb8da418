import type { Clock } from "../../infrastructure/clock.ts";
import type { PublicUrl } from "../../infrastructure/service-deps.ts";

/** What the steps of an erasure are built from. */
export interface ErasureParts {
  readonly clock: Clock;
  readonly publicUrl: PublicUrl;
}
