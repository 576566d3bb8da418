import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import { type IntakeRefusal, MEDIA_LIMITS, type MediaItem } from "@rose-ash/shared/contracts/media.ts";
import { adminOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { writersOnly } from "../writers-only.ts";
import { listQuery, sendList } from "./send-list.ts";

type Brought = { kind: "taken"; item: MediaItem } | (IntakeRefusal & { name: string });

/** POST /admin/media: takes the files of a form. A program gets the first described, a person a page. */
export const uploadMedia: Route = {
  method: "POST",
  url: "/admin/media",
  bodyLimit: MEDIA_LIMITS.fileBytes * 2,
  onRequest: writersOnly,
  async handler(request, reply) {
    const brought = await takeAll(request);
    const items = brought.flatMap((one) => (one.kind === "taken" ? [one.item] : []));
    const refused = brought.flatMap((one) => (one.kind === "refused" ? [one] : []));
    if (request.headers.accept?.includes("text/html") !== true) return describe(reply, items, refused);
    const [first] = items;
    if (!first && refused.length === 0) {
      return sendList(request, reply.code(422), listQuery.parse({}), {
        refused: [{ name: "", message: "Choose a file first." }],
        taken: 0,
      });
    }
    if (!first || refused.length > 0) return sendList(request, reply.code(422), listQuery.parse({}), { refused, taken: items.length });
    const address = items.length === 1 ? withNotice(`/admin/media/${first.id}`, "file-added") : withNotice("/admin/media", "files-added");
    return reply.redirect(address, 303);
  },
};

function describe(reply: FastifyReply, [item]: readonly MediaItem[], [refusal]: readonly IntakeRefusal[]): FastifyReply {
  if (!item) throw new CodedError("file-refused", refusal?.message ?? "No file came with the request.");
  const { id, name, kind, contentType, byteLength, alt, picture } = item;
  const { width, height, sources } = picture ?? { width: null, height: null, sources: [] };
  return reply.code(201).send({ id, url: picture?.url ?? item.url, width, height, sources, alt, name, kind, contentType, byteLength });
}

/** One after the other, as they come over the line. A field without a chosen file is sent as a file without a name. */
async function takeAll(request: FastifyRequest): Promise<Brought[]> {
  if (!request.isMultipart()) throw new CodedError("unsupported-media-type", "Files come as multipart/form-data.");
  const brought: Brought[] = [];
  for await (const { file, filename } of request.files()) {
    if (filename) brought.push(await takeOne(request, file, filename));
    file.resume(); // what is left of it: the next one comes over the same line
  }
  return brought;
}

async function takeOne(
  request: FastifyRequest,
  file: Parameters<FastifyRequest["server"]["mediaIntake"]["take"]>[0],
  name: string,
): Promise<Brought> {
  const { mediaIntake, services, transaction } = request.server;
  const taken = await mediaIntake.take(file, name);
  if (taken.kind === "refused") return { ...taken, name };
  const id = await transaction((tx) => services.media.addFile(tx, taken.file, adminOf(request).userId));
  return { kind: "taken", item: await services.media.getItem(id) };
}
