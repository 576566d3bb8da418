import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import { DOCUMENT_LIMITS } from "@rose-ash/shared/contracts/rendering.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";

const body = z.object({ html: z.string() });

/**
 * POST /admin/editor/documents: the document that HTML comes to, for a text that was stored without one. Nothing is saved. The editor asks for
 * one of nothing as well, when it opens: the renderer is there then, and the first save does not wait for it.
 */
export const convertHtml: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/editor/documents",
  bodyLimit: 4 * DOCUMENT_LIMITS.bytes,
  schema: { body },
  async handler(request) {
    const converted = await request.server.rendering.fromHtml(request.body.html);
    if (converted.kind === "refused") throw new CodedError("text-not-taken", converted.message);
    return { document: converted.document };
  },
};
