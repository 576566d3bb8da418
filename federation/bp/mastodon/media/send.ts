import type { MediaId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { mediaAttachment } from "../../../mastodon/entities/media-attachment.ts";
import { memberReader } from "../access.ts";
import { notFound } from "../errors.ts";

export const mediaParams = z.object({
  id: z
    .string()
    .regex(/^[1-9]\d{0,14}$/)
    .transform((id) => Number(id) as MediaId),
});
export type MediaRequest = { Params: z.output<typeof mediaParams> };

/** A picture that the member brought and that waits for its post. Throws 404 for anybody else's. */
export async function sendUpload(request: FastifyRequest, reply: FastifyReply, id: MediaId): Promise<FastifyReply> {
  const { services, publicUrl } = request.server;
  const [upload] = await services.clientApi.findUploads(memberReader(request).userId, [id]);
  if (upload === undefined) throw notFound();
  return reply.send(mediaAttachment({ ...upload, id }, (path) => publicUrl("federation", path)));
}
