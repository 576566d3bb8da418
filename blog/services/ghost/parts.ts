import type { MediaIntake } from "@rose-ash/shared/contracts/media.ts";
import type { Rendering } from "@rose-ash/shared/contracts/rendering.ts";
import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { Transaction } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { Clock } from "@rose-ash/shared/infrastructure/clock.ts";
import type { PublicUrl } from "@rose-ash/shared/infrastructure/service-deps.ts";
import type { GhostClient } from "./client.ts";

/** What keeping in step with a Ghost works with. */
export interface GhostParts {
  readonly client: GhostClient;
  readonly services: Pick<Services, "ghost" | "writing" | "media" | "outgoing">;
  readonly transaction: Transaction;
  readonly rendering: Rendering;
  readonly mediaIntake: MediaIntake;
  readonly publicUrl: PublicUrl;
  readonly clock: Clock;
  /** Whether Ghost has this type of node. */
  readonly isKnown: (type: string) => boolean;
  readonly log: Record<"info" | "warn", (context: object, message: string) => void>;
}
