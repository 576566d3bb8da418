import type { FastifyReply, FastifyRequest } from "fastify";
import plugin from "fastify-plugin";
import { z } from "zod";
import { CodedError } from "../../contracts/errors.ts";
import { MEDIA_TYPES } from "../../models/media.ts";
import type { MediaStore } from "../media/index.ts";
import { nothingHere } from "./error-pages.ts";
import { readRange } from "./range.ts";

const TYPES = new Map(Object.entries(MEDIA_TYPES).map(([type, { kind, extension }]) => [extension as string, { type, kind }]));

const storedFile = z.object({ folder: z.string(), name: z.string() });

/**
 * /media: what is stored, named by content, from wherever the store keeps it; opened alone it can run nothing, and documents are
 * handed over to be saved. Its name is its version, so whoever has it once need not ask again.
 */
export const storedFiles = plugin<{ store: MediaStore }>(async (app, { store }) => {
  app.route<{ Params: z.output<typeof storedFile> }>({
    method: ["GET", "HEAD"],
    url: "/media/:folder/:name",
    schema: { params: storedFile },
    logLevel: "warn",
    async handler(request, reply) {
      const { folder, name } = request.params;
      const known = TYPES.get(name.split(".").at(-1) ?? "");
      if (known === undefined || name.slice(0, 2) !== folder) throw nothingHere();
      if (request.headers["if-none-match"]?.includes(`"${name}"`)) return describe(reply, name, known).code(304).send();
      try {
        return await sendStored(request, reply, { store, name, known });
      } catch (error) {
        if (error instanceof CodedError) throw error;
        throw new CodedError("unavailable", "This file can’t be had at the moment. Please try again in a minute.", { err: error });
      }
    },
  });
});

interface Asked {
  store: MediaStore;
  name: string;
  known: { type: string; kind: string };
}

async function sendStored(request: FastifyRequest, reply: FastifyReply, { store, name, known }: Asked): Promise<FastifyReply> {
  const { range, "if-range": ifRange } = request.headers;
  const isPart = range !== undefined && (ifRange === undefined || ifRange === `"${name}"`);
  if (request.method === "GET" && !isPart) {
    const opened = await store.open(name); // one question is enough: most are asked for whole
    if (opened === null) throw nothingHere();
    return describe(reply, name, known).header("content-length", opened.byteLength).send(opened.bytes);
  }
  const found = await store.find(name);
  if (found === null) throw nothingHere();
  if (request.method === "HEAD") return describe(reply, name, known).header("content-length", found.byteLength).send();
  return sendPart(readRange(range, found.byteLength), reply, { store, name, known }, found.byteLength);
}

type Range = ReturnType<typeof readRange>;

async function sendPart(part: Range, reply: FastifyReply, { store, name, known }: Asked, of: number): Promise<FastifyReply> {
  if (part === "outside") return reply.code(416).header("content-range", `bytes */${of}`).send();
  const opened = await store.open(name, part ?? undefined);
  if (opened === null) throw nothingHere();
  describe(reply, name, known).header("content-length", opened.byteLength);
  if (part !== null) reply.code(206).header("content-range", `bytes ${part.first}-${part.last}/${of}`);
  return reply.send(opened.bytes);
}

function describe(reply: FastifyReply, name: string, { type, kind }: Asked["known"]): FastifyReply {
  if (kind === "document") reply.header("content-disposition", "attachment");
  return reply.headers({
    "content-type": type,
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "cache-control": "public, max-age=31536000, immutable",
    etag: `"${name}"`,
    "accept-ranges": "bytes",
    "cross-origin-resource-policy": "cross-origin", // apps of the client API that are pages elsewhere show them
  });
}
