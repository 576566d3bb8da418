import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { ScrapeRunId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";

/** A run was compared: what its supplier's rules let pass comes on the shelf, some at a time, so that nobody's basket waits for all of it. */
export const acceptByRules = ({ services, transaction }: FastifyInstance): ActivityHandler => ({
  name: "market.accept-by-rules",
  kind: "outside",
  atOnce: 1,
  async handle({ object }, signal) {
    const runId = Number(object.id) as ScrapeRunId;
    while ((await transaction((tx) => services.scrapeReview.acceptByRules(tx, runId))) > 0) signal.throwIfAborted();
  },
});
