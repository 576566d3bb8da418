import type { Tx } from "@rose-ash/shared/contracts/tx.ts";
import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { type NoticeCode, withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { GhostImportId, UserId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";
import { type ImportParams, importParams } from "./import-params.ts";

interface Command {
  readonly verb: string;
  /** What is said when it was done. */
  readonly notice: NoticeCode;
  /** False: the file is in another state by now. */
  work(app: FastifyInstance, tx: Tx, id: GhostImportId, by: UserId): Promise<boolean>;
}

/** A route that does something to a file, asked by one button, and leads back to it. */
export function importCommand({ verb, notice, work }: Command): Route<{ Params: ImportParams }> {
  return {
    method: "POST",
    url: `/admin/ghost/imports/:id/${verb}`,
    schema: { params: importParams },
    onRequest: adminOnly("edit"),
    async handler(request, reply) {
      const { id } = request.params;
      const by = adminOf(request).userId;
      const isDone = await request.server.transaction((tx) => work(request.server, tx, id, by));
      return reply.redirect(withNotice(`/admin/ghost/imports/${id}`, isDone ? notice : "not-there-now"), 303);
    },
  };
}
