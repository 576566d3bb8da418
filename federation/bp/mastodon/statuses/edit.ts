import { STATUS_LIMITS } from "@rose-ash/shared/contracts/statuses.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { findMentions } from "../../../statuses/find-mentions.ts";
import { member, memberReader } from "../access.ts";
import { invalid } from "../errors.ts";
import { listOf, readParams, text } from "../params.ts";
import { readWords, wordParams } from "./draft.ts";
import { entityOf, type StatusRequest, statusParams } from "./params.ts";

const words = z.object({ id: text(100), description: text(10_000).optional() });
const params = z.object({
  ...wordParams,
  status: text(100_000).optional(),
  spoiler_text: text(10_000).optional(),
  media_ids: listOf(text(100), 20).optional(),
  media_attributes: listOf(words, 20).optional(),
});

/** PUT /api/v1/statuses/:id: other words, also for its pictures; which they are stays, and so does a poll. */
export const editStatus: Route<StatusRequest> = {
  method: "PUT",
  url: "/api/v1/statuses/:id",
  schema: { params: statusParams },
  config: member("write:statuses"),
  async handler(request, reply) {
    const reader = memberReader(request);
    const { id } = request.params;
    const { services, transaction } = request.server;
    const source = await services.statuses.getSource(id, reader);
    const sent = await readParams(request, params);
    const own = source.pictures.map(({ mediaId }) => String(mediaId));
    if (sent.media_ids?.length && (sent.media_ids.length !== own.length || !own.every((one) => sent.media_ids?.includes(one))))
      throw invalid("Pictures of a post can't be changed; delete it and write it anew");
    const said = { ...sent, status: sent.status ?? source.text, spoiler_text: sent.spoiler_text ?? source.warning };
    const read = readWords({ ...said, language: sent.language ?? source.language ?? undefined }, own.length > 0);
    if (read.text.trim() === "" && own.length === 0) throw invalid("Text can't be blank");
    const pictures = source.pictures.map(({ mediaId, alt }) => ({
      mediaId,
      alt: (sent.media_attributes?.find((one) => one.id === String(mediaId))?.description ?? alt).trim().slice(0, STATUS_LIMITS.alt),
    }));
    const { mentions, keep } = await findMentions(request.server, read.text);
    await transaction(async (tx) => {
      await keep(tx);
      await services.statuses.edit(tx, reader, id, { ...read, mentions, pictures });
    });
    return reply.send(await entityOf(request, await services.statuses.getStatus(id, reader)));
  },
};
