import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { FINDING_ROUTE, type FindingParams, findingParams } from "./finding-params.ts";
import { doubtWords, linesOf } from "./finding-view.ts";
import { type TypedProduct, typedOf } from "./new-product.ts";

const query = z.looseObject({ q: z.string().max(200).catch("").default("") });

/** GET /admin/scraping/findings/:id: what is otherwise, where it was read, who decided what; of something new the form for it. */
export const showFinding: Route<{ Params: FindingParams; Querystring: z.output<typeof query> }> = {
  method: "GET",
  url: FINDING_ROUTE,
  schema: { params: findingParams, querystring: query },
  onRequest: adminOnly("edit"),
  handler: (request, reply) => sendFinding(request, reply, { id: request.params.id, words: request.query.q, again: null }),
};

interface Asked extends FindingParams {
  /** What products were looked for by. */
  readonly words: string;
  /** A form that came back. */
  readonly again: { readonly typed: TypedProduct; readonly messages: Readonly<Record<string, string>> } | null;
}

/** The page; 422 with a form that came back. */
export async function sendFinding(request: FastifyRequest, reply: FastifyReply, { id, words, again }: Asked): Promise<FastifyReply> {
  const { scrapeReview, shelf } = request.server.services;
  const finding = await scrapeReview.getFinding(id);
  const product = finding.product && (await shelf.getForEditing(finding.product.id));
  const isOpenNew = finding.kind === "new" && finding.state === "waiting";
  const [guess, found] = await Promise.all([
    isOpenNew ? scrapeReview.guessProduct(finding) : null,
    isOpenNew ? scrapeReview.findProducts(words) : [],
  ]);
  if (again) reply.code(422);
  const messages = again?.messages ?? {};
  return reply.page("admin/findings/show.html", {
    ...{ menu: menuOf(request), finding, lines: linesOf(finding), doubts: doubtWords(finding.doubts), words, found },
    priceRule: product?.fields.find(({ field }) => field === "priceMinor")?.rule ?? null,
    canAccept: finding.fields.some(({ decision, canTake }) => decision === "waiting" && canTake),
    canDecide: finding.state === "waiting" && finding.kind !== "new",
    form: guess && {
      typed: again?.typed ?? typedOf(guess),
      messages,
      categories: guess.categories,
      hasCost: guess.fields.costMinor != null,
    },
    errors: Object.entries(messages).map(([field, message]) => ({ field, message })),
  });
}
