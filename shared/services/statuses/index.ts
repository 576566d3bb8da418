import type { RelationsService } from "../../contracts/relations.ts";
import type { StatusesService } from "../../contracts/statuses.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { makeComposing } from "./compose.ts";
import { makeDeeds } from "./deeds.ts";
import { makeOwn } from "./own.ts";
import { partsOf } from "./parts.ts";
import { makePolls } from "./polls.ts";
import { makeReads } from "./reads.ts";
import { makeTimelines } from "./timelines.ts";

/** What people write, here and elsewhere, as the hub shows it, from PostgreSQL. */
export function makeStatusesService(
  deps: ServiceDeps,
  { relations }: { relations: Pick<RelationsService, "holds" | "list"> },
): StatusesService {
  const parts = partsOf(deps, relations);
  return {
    ...makeComposing(parts),
    ...makeDeeds(parts),
    ...makePolls(parts),
    ...makeReads(parts, relations),
    ...makeOwn(parts),
    ...makeTimelines(parts),
  };
}
