import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { MediaItem } from "@rose-ash/shared/contracts/media.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { MediaId, UserId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { memberOf } from "../member.ts";
import { findPicture } from "./read-form.ts";

const querystring = z.object({
  words: z.string().max(200).catch("").default(""),
  selected: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).catch(0),
});

/** GET /pictures/choices: pictures of the library that fit, as a piece of the form; for those who look after a calendar. */
export const choosePictures: Route<{ Querystring: z.output<typeof querystring> }> = {
  method: "GET",
  url: "/pictures/choices",
  schema: { querystring },
  async handler(request, reply) {
    const { services, templating } = request.server;
    if (!(await services.calendarDesk.isKeeper(memberOf(request)))) throw new CodedError("not-found", "There is no page at this address.");
    const { words, selected } = request.query;
    const items = await services.media.listPicturesToChoose(
      words.replaceAll("\0", "").trim(),
      selected === 0 ? null : (selected as MediaId),
    );
    const html = await templating.render("entry-form/choices.html", { items, selected });
    return reply.type("text/html; charset=utf-8").header("cache-control", "private, no-store").send(html);
  },
};

/** Those that a form offers: the newest of the library to who looks after the calendar, to others the one that is chosen. */
export async function picturesFor(
  request: FastifyRequest,
  { by, isKeeper, current, chosen }: { by: UserId; isKeeper: boolean; current: MediaId | null; chosen: string | undefined },
): Promise<readonly MediaItem[]> {
  const item = await findPicture(request, Number(chosen) as MediaId, { by, isKeeper, current });
  if (isKeeper) return request.server.services.media.listPicturesToChoose("", item === null ? null : (item.id as MediaId));
  return item === null ? [] : [item];
}
