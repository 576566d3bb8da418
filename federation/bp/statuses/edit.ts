import type { StatusSource } from "@rose-ash/shared/contracts/statuses.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { findMentions } from "../../statuses/find-mentions.ts";
import { memberReader } from "../hub/reader.ts";
import { errorsOf } from "./compose.ts";
import { readWords } from "./draft.ts";
import { type StatusRequest, statusParams } from "./params.ts";

const body = z.record(z.string(), z.string().max(30_000));

/** GET /posts/:id/edit: a member's own post as it was typed. */
export const editStatus: Route<StatusRequest> = {
  method: "GET",
  url: "/posts/:id/edit",
  schema: { params: statusParams },
  async handler(request, reply) {
    const source = await request.server.services.statuses.getSource(request.params.id, memberReader(request));
    return reply.page("statuses/edit.html", { source, typed: typedIn(source), messages: {}, errors: [] });
  },
};

/** POST /posts/:id/edit: other words, the earlier ones kept. */
export const saveStatus: Route<StatusRequest & { Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/posts/:id/edit",
  schema: { params: statusParams, body },
  async handler(request, reply) {
    const reader = memberReader(request);
    const { id } = request.params;
    const { services, transaction } = request.server;
    const source = await services.statuses.getSource(id, reader);
    const messages: Record<string, string> = {};
    const words = readWords(request.body, messages);
    if (words.text.trim() === "" && source.pictures.length === 0) messages["text"] = "Write something, or delete the post.";
    const pictures = source.pictures.map(({ mediaId, alt }, index) => ({
      mediaId,
      alt: (request.body[`alt${index + 1}`] ?? alt).trim().slice(0, 1500),
    }));
    for (const [index, { alt }] of pictures.entries())
      if (alt === "") messages[`alt${index + 1}`] = "Say what it shows, for those who can’t see it.";
    if (Object.keys(messages).length > 0)
      return reply
        .code(422)
        .page("statuses/edit.html", { source, typed: { ...typedIn(source), ...request.body }, messages, errors: errorsOf(messages) });
    const { mentions, keep } = await findMentions(request.server, words.text);
    await transaction(async (tx) => {
      await keep(tx);
      await services.statuses.edit(tx, reader, id, { ...words, mentions, pictures });
    });
    return reply.redirect(`/posts/${id}`, 303);
  },
};

function typedIn({ text, warning, language, pictures }: StatusSource): Record<string, string> {
  return { text, warning, language: language ?? "en", ...Object.fromEntries(pictures.map(({ alt }, index) => [`alt${index + 1}`, alt])) };
}
