import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { PeopleImportId } from "@rose-ash/shared/models/ids.ts";
import { IMPORT_KINDS } from "@rose-ash/shared/models/people.ts";
import { z } from "zod";
import { CSV_LIMITS, readCsv } from "../../../people/read-csv.ts";
import { memberOf } from "../member.ts";
import { settingsPage } from "../page.ts";
import { dataPage, KIND_NAMES } from "./show.ts";

const params = z.object({
  id: z.coerce
    .number()
    .int()
    .min(1)
    .max(Number.MAX_SAFE_INTEGER)
    .transform((id) => id as PeopleImportId),
});
type Params = { Params: z.output<typeof params> };
const kindOf = z.enum(IMPORT_KINDS);

/** POST /settings/data/imports: a list is brought, and shown before anything is done. */
export const bringList: Route = {
  method: "POST",
  url: "/settings/data/imports",
  bodyLimit: CSV_LIMITS.bytes + 10_000,
  async handler(request, reply) {
    const { userId } = memberOf(request);
    if (!request.isMultipart()) throw new CodedError("unsupported-media-type", "Files come as multipart/form-data.");
    const part = await request.file({ throwFileSizeLimit: false });
    const field = part?.fields["kind"];
    const kind = kindOf.safeParse(field !== undefined && "value" in field ? field.value : undefined);
    const bytes = await part?.toBuffer();
    const again = (error: string) => dataPage(request, reply.code(422), { kind: kind.data ?? "follows", error });
    if (!kind.success || !part?.filename || bytes === undefined) return again("Choose a file, and say what is in it.");
    if (bytes.length > CSV_LIMITS.bytes) return again(`More than ${CSV_LIMITS.bytes / 1_000_000} MB can’t be taken: divide the list.`);
    const read = readCsv(kind.data, bytes);
    if (read.kind === "refused") return again(read.message);
    const { services, transaction } = request.server;
    const id = await transaction((tx) => services.peopleImports.propose(tx, userId, kind.data, read.rows));
    return reply.redirect(`/settings/data/imports/${id}`, 303);
  },
};

/** GET /settings/data/imports/:id: what is in it before it begins, and how far it is afterwards. */
export const showImport: Route<Params> = {
  method: "GET",
  url: "/settings/data/imports/:id",
  schema: { params },
  async handler(request, reply) {
    const view = await request.server.services.peopleImports.get(memberOf(request).userId, request.params.id);
    const { waiting, done, failed } = view.counts;
    return settingsPage(reply, "Your data", "data/import.html", { view, name: KIND_NAMES[view.kind], total: waiting + done + failed });
  },
};

/** POST /settings/data/imports/:id: it begins, and goes on by itself. */
export const startImport: Route<Params> = {
  method: "POST",
  url: "/settings/data/imports/:id",
  schema: { params },
  async handler(request, reply) {
    const { userId } = memberOf(request);
    const { id } = request.params;
    const { services, transaction } = request.server;
    const isBegun = await transaction((tx) => services.peopleImports.start(tx, userId, id));
    return reply.redirect(withNotice(`/settings/data/imports/${id}`, isBegun ? "import-begun" : "not-there-now"), 303);
  },
};
