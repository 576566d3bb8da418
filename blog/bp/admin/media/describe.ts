import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import { MEDIA_LIMITS } from "@rose-ash/shared/contracts/media.ts";
import { adminOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { z } from "zod";
import { writersOnly } from "../writers-only.ts";
import { type MediaParams, mediaParams, sendItem } from "./show.ts";

const percent = z.coerce.number("A number from 0 to 100.").int("A whole number.").min(0, "At least 0.").max(100, "At most 100.");
const words = z.object({
  alt: z.string().trim().max(MEDIA_LIMITS.altLength, `At most ${MEDIA_LIMITS.altLength} characters.`),
  focalX: percent,
  focalY: percent,
});
const typed = z
  .string()
  .max(5_000)
  .catch("")
  .default("")
  .transform((text) => text.replaceAll("\0", ""));
const body = z.object({ alt: typed, focalX: typed, focalY: typed });

/** POST /admin/media/:id: what an editor, or whoever brought it, says of a file. */
export const describeMedia: Route<{ Params: MediaParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/media/:id",
  schema: { params: mediaParams, body },
  onRequest: writersOnly,
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { id } = request.params;
    const { userId } = adminOf(request);
    if (!(await services.media.mayDescribe(id, userId))) throw new CodedError("not-found", "Others say what this file shows.", { id });
    const said = words.safeParse(request.body);
    if (!said.success) {
      const errors = said.error.issues.map(({ path, message }) => ({ field: String(path[0]), message }));
      return sendItem(request, reply.code(422), id, { fields: request.body, errors });
    }
    await transaction((tx) => services.media.describe(tx, id, said.data, userId));
    return reply.redirect(withNotice(`/admin/media/${id}`, "saved"), 303);
  },
};
