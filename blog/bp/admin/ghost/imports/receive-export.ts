import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { FastifyRequest } from "fastify";
import { MOST_EXPORT_BYTES } from "../../../../services/ghost/index.ts";

/** What came with the form. file null: none was chosen. */
export interface BroughtExport {
  readonly siteUrl: string;
  readonly file: { readonly name: string; readonly bytes: Buffer } | null;
  readonly isTooLarge: boolean;
}

/** Takes a form with an exported file as it comes over the line; of one that is too large no more than is taken. */
export async function receiveExport(request: FastifyRequest): Promise<BroughtExport> {
  if (!request.isMultipart()) throw new CodedError("unsupported-media-type", "A file comes as multipart/form-data.");
  const promised = Number(request.headers["content-length"]) || MOST_EXPORT_BYTES;
  let siteUrl = "";
  let file: BroughtExport["file"] = null;
  let isTooLarge = false;
  for await (const part of request.parts()) {
    if (part.type === "field") {
      if (part.fieldname === "siteUrl" && typeof part.value === "string") siteUrl = part.value;
    } else if (part.filename && file === null) {
      const bytes = await collect(part.file, Math.min(promised, MOST_EXPORT_BYTES));
      if (bytes === null) isTooLarge = true;
      else file = { name: part.filename, bytes };
      part.file.resume();
    } else part.file.resume();
  }
  return { siteUrl, file, isTooLarge };
}

/** One copy in memory, of the size that was promised. Null: there is more of it. */
async function collect(chunks: AsyncIterable<Buffer>, most: number): Promise<Buffer | null> {
  const bytes = Buffer.allocUnsafe(most);
  let length = 0;
  for await (const chunk of chunks) {
    if (length + chunk.length > most) return null;
    length += chunk.copy(bytes, length);
  }
  return bytes.subarray(0, length);
}
