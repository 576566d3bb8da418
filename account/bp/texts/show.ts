import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { nothingHere } from "@rose-ash/shared/infrastructure/http/index.ts";
import { htmlOfLightText } from "@rose-ash/shared/infrastructure/light-text.ts";
import type { SiteTextKind } from "@rose-ash/shared/models/site.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { TEXT_NAMES } from "./words.ts";

/** GET /imprint, /privacy, /terms: the text as it is now. */
export const showText = (kind: SiteTextKind): Route => ({
  method: "GET",
  url: `/${kind}`,
  config: { publicPage: ["menu"] },
  handler: (request, reply) => sendText(request, reply, kind, null),
});

const params = z.object({ version: z.coerce.number().int().min(1).max(1_000_000) });

/** GET /terms/3: a version that somebody once agreed to. */
export const showVersion = (kind: SiteTextKind): Route<{ Params: z.output<typeof params> }> => ({
  method: "GET",
  url: `/${kind}/:version(^[1-9]\\d{0,5}$)`,
  schema: { params },
  config: { publicPage: ["menu"] },
  handler: (request, reply) => sendText(request, reply, kind, request.params.version),
});

async function sendText(request: FastifyRequest, reply: FastifyReply, kind: SiteTextKind, version: number | null): Promise<FastifyReply> {
  const { site } = request.server.services;
  const [text, versions] = await Promise.all([site.findText(kind, version), site.listVersions(kind)]);
  if (text === null) throw nothingHere();
  return reply.page("texts/show.html", { kind, name: TEXT_NAMES[kind], text, html: htmlOfLightText(text.text), versions });
}
