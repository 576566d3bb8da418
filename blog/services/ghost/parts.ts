import type { MediaIntake } from "@rose-ash/shared/contracts/media.ts";
import type { Rendering } from "@rose-ash/shared/contracts/rendering.ts";
import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { Transaction } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { Clock } from "@rose-ash/shared/infrastructure/clock.ts";
import type { PublicUrl } from "@rose-ash/shared/infrastructure/service-deps.ts";
import type { GhostClient } from "./client.ts";

export type FetchElsewhere = (url: string, what: "pictures" | "files", timeoutMs: number) => Promise<Buffer | string>;

/** What keeping in step with a Ghost works with. */
export interface GhostParts {
  readonly client: GhostClient;
  readonly services: Pick<Services, "ghost" | "ghostImports" | "newsletters" | "navigation" | "writing" | "media" | "outgoing">;
  readonly transaction: Transaction;
  readonly rendering: Rendering;
  readonly mediaIntake: MediaIntake;
  readonly publicUrl: PublicUrl;
  /** A picture or any file of another site, and never one of our own network; in words why it can't be had. */
  readonly fetchElsewhere: FetchElsewhere;
  readonly clock: Clock;
  /** Whether Ghost has this type of node. */
  readonly isKnown: (type: string) => boolean;
  readonly log: Record<"info" | "warn", (context: object, message: string) => void>;
}
