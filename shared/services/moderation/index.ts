import { isNull } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { CommentsService } from "../../contracts/comments.ts";
import type { FediverseService } from "../../contracts/fediverse.ts";
import type { ModerationService } from "../../contracts/moderation.ts";
import type { RelationsService } from "../../contracts/relations.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { apReports } from "../../models/fediverse.ts";
import { moderationAppeals } from "../../models/moderation.ts";
import { makeAppeals } from "./appeals.ts";
import { makeBlocks } from "./blocks.ts";
import { makeLimits } from "./limits.ts";
import { makeReports } from "./reports.ts";
import { makeSettings } from "./settings.ts";

interface Parts {
  readonly audit: AuditService;
  readonly comments: CommentsService;
  readonly fediverse: FediverseService;
  readonly relations: Pick<RelationsService, "mayWithin">;
}

/** Moderation, from PostgreSQL. */
export function makeModerationService(deps: ServiceDeps, parts: Parts): ModerationService {
  const { db } = deps;
  return {
    ...makeSettings(deps, parts),
    ...makeLimits(deps, parts),
    ...makeReports(deps, parts),
    ...makeAppeals(deps, parts),
    ...makeBlocks(deps, parts),
    async countOpen() {
      const [comments, reports, appeals] = await Promise.all([
        parts.comments.countWaiting(),
        db.$count(apReports, isNull(apReports.closedAt)),
        db.$count(moderationAppeals, isNull(moderationAppeals.decidedAt)),
      ]);
      return { comments, reports, appeals };
    },
  };
}
