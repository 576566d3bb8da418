import type { PageFrom, StatusPage, TimelineLine } from "@rose-ash/shared/contracts/statuses.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { idOfPlace, placeOfId } from "../../mastodon/ids.ts";
import { invalid } from "./errors.ts";
import { limitOf, text } from "./params.ts";

/** Which page of a timeline: below max_id, above since_id from the newest, or next above min_id. */
export const pageParams = {
  max_id: text(100).optional(),
  since_id: text(100).optional(),
  min_id: text(100).optional(),
  limit: limitOf(20, 40),
};
const page = z.object(pageParams);
export type PageParams = z.output<typeof page>;

const MOST_READ = 6;

/** A page of lines, and the ids between which it lies. */
export interface Lines {
  readonly lines: readonly TimelineLine[];
  readonly next: string | null;
  readonly prev: string | null;
}

/** Reads on until there are enough lines that are wanted: a page of ours may be short. */
export async function readLines(
  list: (from: PageFrom) => Promise<StatusPage>,
  { max_id, since_id, min_id, limit }: PageParams,
  isWanted: (line: TimelineLine) => boolean = () => true,
): Promise<Lines> {
  const [below, above, from] = [placeOf(max_id), placeOf(since_id), placeOf(min_id)];
  const isUp = from !== null;
  const lines: TimelineLine[] = [];
  let at: PageFrom = isUp ? { after: from } : below;
  let last: string | null = null;
  for (let read = 0; read < MOST_READ; read += 1) {
    const some: StatusPage = await list(at);
    const wanted = some.lines.filter(isWanted);
    if (isUp) lines.unshift(...wanted);
    else lines.push(...wanted);
    last = some.older;
    const isFar = !isUp && above !== null && some.lines.some(({ place }) => !isAbove(place, above));
    if (isFar) last = null;
    if (last === null || lines.length >= limit) break;
    at = isUp ? { after: last } : last;
  }
  const between = lines.filter(
    ({ place }) => (above === null || isAbove(place, above)) && (!isUp || below === null || isAbove(below, place)),
  );
  const shown = isUp ? between.slice(-limit) : between.slice(0, limit);
  const end = shown.length < between.length || isUp ? (shown.at(-1)?.place ?? null) : last;
  return { lines: shown, next: end === null ? null : idOfPlace(end), prev: shown[0] === undefined ? null : idOfPlace(shown[0].place) };
}

const isAbove = (one: string, other: string): boolean => idOfPlace(one) > idOfPlace(other);

function placeOf(id: string | undefined): string | null {
  if (id === undefined || id === "") return null;
  const place = placeOfId(id);
  if (place === null) throw invalid("An id to page by is invalid");
  return place;
}

/** RFC 8288, as apps read it: older under "next", newer under "prev". */
export function sendLink(request: FastifyRequest, reply: FastifyReply, { next, prev }: { next: string | null; prev: string | null }): void {
  const [path = "", query = ""] = request.url.split("?", 2);
  const to = (rel: string, name: string, id: string | null) => {
    if (id === null) return [];
    const params = new URLSearchParams(query);
    for (const old of ["max_id", "since_id", "min_id"]) params.delete(old);
    params.set(name, id);
    return [`<${request.server.publicUrl("federation", path)}?${params}>; rel="${rel}"`];
  };
  const links = [...to("next", "max_id", next), ...to("prev", "min_id", prev)];
  if (links.length > 0) reply.header("link", links.join(", "));
}
