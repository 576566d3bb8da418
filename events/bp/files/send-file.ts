import type { CalendarFileResult } from "@rose-ash/shared/contracts/calendar-files.ts";
import type { FastifyReply, FastifyRequest } from "fastify";

/** The etag that the asker has, where it names one (RFC 9110 §13.1.2). */
export function knownEtag({ headers }: FastifyRequest): string | null {
  return headers["if-none-match"]?.split(",")[0]?.trim().replace(/^W\//, "") ?? null;
}

/** A calendar, or 304 where the asker has it: by its tag, else by its date. isPrivate: nobody else may keep it. */
export function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: CalendarFileResult,
  { name, isPrivate }: { name: string; isPrivate: boolean },
): FastifyReply {
  reply
    .header("etag", file.etag)
    .header("last-modified", file.lastModified.toUTCString())
    .header("cache-control", isPrivate ? "private, no-cache" : "public, max-age=300")
    .header("x-robots-tag", "noindex");
  if ("kind" in file || isNotNewer(request, file.lastModified)) return reply.code(304).send();
  return reply.type("text/calendar; charset=utf-8").header("content-disposition", `inline; filename="${name}.ics"`).send(file.body);
}

function isNotNewer({ headers }: FastifyRequest, lastModified: Date): boolean {
  if (headers["if-none-match"] !== undefined) return false;
  const since = Date.parse(headers["if-modified-since"] ?? "");
  return !Number.isNaN(since) && lastModified.getTime() <= since;
}
