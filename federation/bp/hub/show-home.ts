import type { Reader } from "@rose-ash/shared/contracts/statuses.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { emptyForm } from "../statuses/compose-form.ts";
import { languageOf } from "./reader.ts";
import { sendTimeline, type TimelineQuery } from "./send-timeline.ts";

/** GET / for a member: what those whom they follow say, with a form on top. */
export async function showHome(request: FastifyRequest, reply: FastifyReply, reader: Reader): Promise<FastifyReply> {
  const { before = null } = request.query as TimelineQuery; // the route says so
  const page = await request.server.services.statuses.listHome(reader, before);
  return sendTimeline(request, reply, {
    ...{ title: "Home", lead: "What you and the people you follow have to say.", path: "/", page },
    compose: before === null ? emptyForm({ isShort: true, language: languageOf(request) }) : null,
    empty: {
      title: "It is quiet here",
      body: "Write something, or follow people: what they say stands here, the newest first.",
      label: "Follow people",
      url: "/people",
    },
  });
}
