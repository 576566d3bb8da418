import type { PageFrom, StatusPage, TimelineLine } from "@rose-ash/shared/contracts/statuses.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { makeShow } from "../../../mastodon/show.ts";
import { readerOf } from "../access.ts";
import { type PageParams, readLines, sendLink } from "../paging.ts";

/** One page of a timeline, whichever, as a list of statuses. */
export async function sendStatuses(
  request: FastifyRequest,
  reply: FastifyReply,
  params: PageParams,
  list: (from: PageFrom) => Promise<StatusPage>,
  isWanted?: (line: TimelineLine) => boolean,
): Promise<FastifyReply> {
  const page = await readLines(list, params, isWanted);
  sendLink(request, reply, page);
  return reply.send(await makeShow(request.server, readerOf(request)).lines(page.lines));
}

export const hasMedia = ({ status }: TimelineLine): boolean => status.pictures.length + status.attachments.length > 0;
