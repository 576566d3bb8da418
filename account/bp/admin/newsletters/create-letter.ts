import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import { adminOf, adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { PostId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyRequest } from "fastify";
import { z } from "zod";

const number = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const query = z.object({ post: number.optional().catch(undefined) });
const body = z.object({ post: number, newsletter: z.string().max(100) });

/** GET /admin/newsletters/letters/new: which text, to which list. Drafts are shown to whoever edits the blog, and so is all of this. */
export const chooseText: Route<{ Querystring: z.output<typeof query> }> = {
  method: "GET",
  url: "/admin/newsletters/letters/new",
  schema: { querystring: query },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    await checkEditsBlog(request);
    const { letters, newsletters } = request.server.services;
    const [texts, lists] = await Promise.all([letters.listTexts(), newsletters.listNewsletters()]);
    return reply.page("admin/newsletters/new.html", { menu: menuOf(request), texts, lists, chosen: request.query.post ?? null });
  },
};

/** POST /admin/newsletters/letters: a draft with that text. */
export const createLetter: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/newsletters/letters",
  schema: { body },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    await checkEditsBlog(request);
    const { services, transaction } = request.server;
    const postId = request.body.post as PostId;
    const [text, newsletter] = await Promise.all([
      services.letters.findText(postId),
      services.newsletters.getNewsletter(request.body.newsletter),
    ]);
    if (text === null) throw new CodedError("not-found", "There is no such text.", { postId });
    const by = adminOf(request).userId;
    const id = await transaction((tx) => services.letters.draft(tx, { ...text, newsletterId: newsletter.id, postId, by }));
    return reply.redirect(`/admin/newsletters/letters/${id}`, 303);
  },
};

/** A letter can be made of any text of the blog, so it takes the right to edit them all. */
async function checkEditsBlog(request: FastifyRequest): Promise<void> {
  const mayEdit = await request.server.services.relations.may(adminOf(request).userId, "edit", "blog");
  if (!mayEdit) throw new CodedError("not-found", "Letters are written by those who edit the blog.");
}
