import { Readable } from "node:stream";
import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import { nothingHere, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { exportFiles } from "../../export/export-files.ts";
import { readmeOf } from "../../export/readme.ts";
import { writeZip } from "../../export/write-zip.ts";
import { memberOf } from "./member.ts";

const TAKEN = { hits: 10, windowSeconds: 3600 };
const params = z.object({ file: z.string().max(60) });

/** GET /data/exports/<id>.zip: all that is kept of the member, made while it is sent; to anybody else there is nothing. */
export const sendExport: Route<{ Params: z.output<typeof params> }> = {
  method: "GET",
  url: "/data/exports/:file",
  schema: { params },
  async handler(request, reply) {
    const { userId, name } = memberOf(request);
    const { services, transaction, runtime, publicUrl } = request.server;
    const now = runtime.clock.now();
    const [id = ""] = /^[0-9a-f-]+(?=\.zip$)/.exec(request.params.file) ?? [];
    const found = await transaction((tx) => services.personalData.takeExport(tx, userId, id));
    if (found === null) throw nothingHere();
    if (!(await transaction((tx) => services.identity.withinLimit(tx, `export-taken:${userId}`, TAKEN, now))))
      throw new CodedError("too-many-requests", "Your archive was fetched ten times within an hour. Please wait a while.");
    const readme = readmeOf({ name, at: now, site: runtime.site.name, archiveUrl: publicUrl("federation", "/settings/data") });
    const bytes = writeZip(exportFiles({ services, media: runtime.media }, userId, readme), now);
    const file = `${runtime.site.name.toLowerCase().replace(/[^a-z0-9]+/g, "-")}-${now.toISOString().slice(0, 10)}.zip`;
    const headers = { "content-type": "application/zip", "content-disposition": `attachment; filename="${file}"` };
    return reply
      .headers(headers)
      .header("cache-control", "private, no-store")
      .send(Readable.from(bytes, { objectMode: false }));
  },
};
