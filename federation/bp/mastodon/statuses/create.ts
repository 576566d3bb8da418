import type { DraftPicture, Reader, StatusView } from "@rose-ash/shared/contracts/statuses.ts";
import { STATUS_LIMITS } from "@rose-ash/shared/contracts/statuses.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { hashToken } from "@rose-ash/shared/infrastructure/keys/index.ts";
import type { MediaId, StatusId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyRequest } from "fastify";
import { statusOfId } from "../../../mastodon/ids.ts";
import { findMentions } from "../../../statuses/find-mentions.ts";
import { member, memberReader } from "../access.ts";
import { invalid, notFound } from "../errors.ts";
import { countHit } from "../limits.ts";
import { readParams } from "../params.ts";
import { draftParams, readPoll, readVisibility, readWords } from "./draft.ts";
import { entityOf } from "./params.ts";

/** POST /api/v1/statuses: the member says something. The same Idempotency-Key within an hour is the same post. */
export const createStatus: Route = {
  method: "POST",
  url: "/api/v1/statuses",
  config: member("write:statuses"),
  async handler(request, reply) {
    const reader = memberReader(request);
    const { services, transaction, runtime } = request.server;
    const sent = await readParams(request, draftParams);
    if (sent.scheduled_at) throw invalid("Posts can't be scheduled here");
    if (sent.quoted_status_id) throw invalid("Posts can't be quoted here");
    const pictures = await picturesOf(request, reader, sent.media_ids);
    const answered = sent.in_reply_to_id ? await answeredBy(request, reader, sent.in_reply_to_id) : null;
    const poll = readPoll(sent.poll, runtime.clock.now());
    if (poll !== null && pictures.length > 0) throw invalid("Poll and pictures can't be in one post");
    const words = readWords(sent, pictures.length > 0);
    if (words.text.trim() === "" && pictures.length === 0) throw invalid("Text can't be blank");
    const visibility = readVisibility(sent.visibility, answered);
    await countHit(request, "posts", String(reader.userId));
    const { mentions, keep } = await findMentions(request.server, words.text);
    const draft = { ...words, visibility, pictures, poll, mentions, answers: answered?.id ?? null, about: null };
    const keyHash = keyOf(request);
    const id = await transaction(async (tx): Promise<StatusId> => {
      const known = keyHash === null ? "new" : await services.clientApi.claimKey(tx, reader.userId, keyHash);
      if (known !== "new") return known;
      await keep(tx);
      const made = await services.statuses.compose(tx, reader, draft);
      if (keyHash !== null) await services.clientApi.keepKey(tx, reader.userId, keyHash, made);
      return made;
    });
    return reply.send(await entityOf(request, await services.statuses.getStatus(id, reader)));
  },
};

/** Of the member: the same key of somebody else is another. */
function keyOf({ headers }: FastifyRequest): string | null {
  const key = [headers["idempotency-key"]].flat()[0];
  return key === undefined || key === "" ? null : hashToken(key);
}

async function answeredBy({ server }: FastifyRequest, reader: Reader, id: string): Promise<StatusView> {
  const answered = statusOfId(id);
  if (answered === null) throw notFound();
  return server.services.statuses.getStatus(answered, reader);
}

/** The member's own uploads only. Throws 422 for any other, as for none. */
async function picturesOf({ server }: FastifyRequest, { userId }: Reader, ids: readonly string[]): Promise<readonly DraftPicture[]> {
  const wanted = [...new Set(ids)].map((id) => (/^[1-9]\d{0,14}$/.test(id) ? (Number(id) as MediaId) : null));
  if (wanted.length > STATUS_LIMITS.pictures) throw invalid(`Cannot attach more than ${STATUS_LIMITS.pictures} files`);
  const found = await server.services.clientApi.findUploads(
    userId,
    wanted.filter((id) => id !== null),
  );
  if (found.length < wanted.length) throw invalid("Media could not be found");
  return found.map(({ mediaId, description }) => ({ mediaId, alt: description }));
}
