import type { AuditService } from "../../contracts/audit.ts";
import type { CommentsService } from "../../contracts/comments.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { arrive, refuseArrival } from "./arrive.ts";
import { makeDecisions } from "./decide.ts";
import { makeCommentsForWorld } from "./for-world.ts";
import { makeCommentLists } from "./list.ts";
import { makeCommentWriting } from "./write.ts";

/** Comments, from PostgreSQL. */
export function makeCommentsService(deps: ServiceDeps, { audit }: { audit: AuditService }): CommentsService {
  return {
    ...makeCommentLists(deps),
    ...makeCommentWriting(deps),
    ...makeCommentsForWorld(deps),
    ...makeDecisions({ audit }),
    refuseArrival,
    arrive,
  };
}
