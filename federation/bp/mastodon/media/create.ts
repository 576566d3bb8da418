import { STATUS_LIMITS } from "@rose-ash/shared/contracts/statuses.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { MediaId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { member, memberReader } from "../access.ts";
import { ClientError, invalid } from "../errors.ts";
import { countHit } from "../limits.ts";
import { readParams, text } from "../params.ts";
import { sendUpload } from "./send.ts";

const params = z.object({ description: text(20_000).default("") });

/** POST /api/v2/media, and v1: a picture that is to go with a post. It is cut before the answer, which so is never 202. */
export const createMedia: readonly Route[] = ["/api/v2/media", "/api/v1/media"].map((url) => ({
  method: "POST",
  url,
  config: member("write:media"),
  async handler(request: FastifyRequest, reply: FastifyReply) {
    const { userId } = memberReader(request);
    const { mediaIntake, services, transaction } = request.server;
    if (!request.isMultipart()) throw invalid("File can't be blank");
    await countHit(request, "media", String(userId));
    let mediaId: MediaId | null = null;
    const { description } = await readParams(request, params, async (part) => {
      if (part.fieldname !== "file") return;
      const taken = await mediaIntake.take(part.file, part.filename ?? "");
      if (taken.kind === "refused") throw invalid(`File: ${taken.message}`);
      if (!taken.file.contentType.startsWith("image/")) throw new ClientError(422, "Only pictures can go with a post.");
      mediaId = await transaction((tx) => services.media.addOwnFile(tx, taken.file, userId));
    });
    const brought: MediaId | null = mediaId;
    if (brought === null) throw invalid("File can't be blank");
    if (description.length > STATUS_LIMITS.alt) throw invalid(`Description is longer than ${STATUS_LIMITS.alt} characters`);
    await transaction((tx) => services.clientApi.keepUpload(tx, userId, brought, description.trim()));
    return sendUpload(request, reply, brought);
  },
}));
