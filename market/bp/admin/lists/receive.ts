import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyRequest } from "fastify";
import { decodeText, readTable, TABLE_LIMITS } from "../../../services/csv/index.ts";
import { sendLists } from "./show.ts";

/** POST /admin/lists: a list comes in; next its columns are named. */
export const receiveList: Route = {
  method: "POST",
  url: "/admin/lists",
  bodyLimit: TABLE_LIMITS.bytes + 10_000,
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const file = await takeFile(request);
    if (file.kind === "refused") return sendLists(request, reply, file.message);
    const { services, transaction } = request.server;
    const set = { kind: "list" as const, title: file.name, by: adminOf(request).userId, details: { encoding: file.encoding } };
    const id = await transaction((tx) => services.changeSets.keepFile(tx, set, file.text));
    return reply.redirect(`/admin/lists/${id}`, 303);
  },
};

type Taken = { kind: "taken"; name: string; text: string; encoding: string } | { kind: "refused"; message: string };

async function takeFile(request: FastifyRequest): Promise<Taken> {
  if (!request.isMultipart()) throw new CodedError("unsupported-media-type", "Lists come as multipart/form-data.");
  const part = await request.file({ throwFileSizeLimit: false });
  if (!part?.filename) return { kind: "refused", message: "Choose a file first." };
  const bytes = await part.toBuffer();
  if (bytes.length > TABLE_LIMITS.bytes)
    return { kind: "refused", message: `More than ${TABLE_LIMITS.bytes / 1_000_000} MB can’t be taken: divide the list.` };
  const decoded = decodeText(bytes);
  if (decoded === null) return { kind: "refused", message: "This is no list: it is no text. Save it as CSV, not as a workbook." };
  const table = readTable(decoded.text);
  if (table.kind === "refused") return table;
  const name = part.filename.replaceAll("\u0000", "").slice(0, 120);
  return { kind: "taken", name, ...decoded };
}
