import type { Tx } from "@rose-ash/shared/contracts/tx.ts";
import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { type NoticeCode, withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { ScrapeRunId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";
import { RUN_ROUTE, type RunParams, runParams } from "./run-params.ts";

interface Command {
  readonly noun: string;
  /** What is said when it was done. */
  readonly notice: NoticeCode;
  /** False: the run is in another state by now. */
  work(app: FastifyInstance, tx: Tx, id: ScrapeRunId): Promise<boolean>;
}

/** A route that does something to a run, asked by one button, and leads back to it. */
function runCommand({ noun, notice, work }: Command): Route<{ Params: RunParams }> {
  return {
    method: "POST",
    url: `${RUN_ROUTE}/${noun}`,
    schema: { params: runParams },
    onRequest: adminOnly("edit"),
    async handler(request, reply) {
      const { id } = request.params;
      const isDone = await request.server.transaction((tx) => work(request.server, tx, id));
      return reply.redirect(withNotice(`/admin/scraping/runs/${id}`, isDone ? notice : "run-over"), 303);
    },
  };
}

/** POST /admin/scraping/runs/:id/stop: ends it; what was seen stays. */
export const stopRun = runCommand({
  noun: "stop",
  notice: "run-stopping",
  work: ({ services }, tx, id) => services.scraping.stopRun(tx, id),
});

/** POST /admin/scraping/runs/:id/resumption: has a paused one go on where it was. */
export const resumeRun = runCommand({
  noun: "resumption",
  notice: "run-resumed",
  work: ({ services }, tx, id) => services.scraping.resumeRun(tx, id),
});
