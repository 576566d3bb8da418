import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Newsletter } from "@rose-ash/shared/contracts/newsletters.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { LetterId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { accountPage } from "../../sections.ts";
import { mailText } from "../../services/letters/mail-text.ts";

const LIST = "/letters/:slug(^[a-z0-9-]{1,100}$)";
const ONE = `${LIST}/:id(^[1-9]\\d{0,14}$)`;
const listParams = z.object({ slug: z.string() });
const params = listParams.extend({ id: z.coerce.number().int().min(1) });
type Params = z.output<typeof params>;

/** GET /letters/:slug: what an open list has sent so far. */
export const listArchive: Route<{ Params: z.output<typeof listParams> }> = {
  method: "GET",
  url: LIST,
  schema: { params: listParams },
  async handler(request, reply) {
    const list = await openList(request, request.params.slug);
    return accountPage(reply, "letters/archive.html", { list, letters: await request.server.services.letters.listArchive(list.id) });
  },
};

/** GET /letters/:slug/:id: one of them, as a page. */
export const showArchived: Route<{ Params: Params }> = {
  method: "GET",
  url: ONE,
  schema: { params },
  async handler(request, reply) {
    const { list, letter } = await findLetter(request);
    const html = letter.html.replace(/\b(href|src)="\/(?!\/)/g, `$1="${request.server.publicUrl("blog", "")}/`);
    return accountPage(reply, "letters/archived.html", {
      list,
      letter: { ...letter, html: html.replaceAll(/src="[^"]*\/media\//g, 'src="/media/') },
    });
  },
};

/** GET /letters/:slug/:id.txt: the same without markup. */
export const showArchivedText: Route<{ Params: Params }> = {
  method: "GET",
  url: `${ONE}.txt`,
  schema: { params },
  async handler(request, reply) {
    const { letter } = await findLetter(request);
    const text = `${letter.subject}\n\n${mailText(letter.html, request.server.publicUrl("blog", ""))}\n`;
    return reply.type("text/plain; charset=utf-8").header("cache-control", "public, max-age=300").send(text);
  },
};

async function openList({ server }: FastifyRequest, slug: string): Promise<Newsletter> {
  const list = await server.services.newsletters.getNewsletter(slug);
  if (!list.isOpen) throw new CodedError("not-found", "There is no such list.", { slug });
  return list;
}

async function findLetter(request: FastifyRequest<{ Params: Params }>) {
  const { slug, id } = request.params;
  const list = await openList(request, slug);
  const letter = await request.server.services.letters.findArchived(list.id, id as LetterId);
  if (letter === null) throw new CodedError("not-found", "There is no such letter.", { slug, id });
  return { list, letter };
}
