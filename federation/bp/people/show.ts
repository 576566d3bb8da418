import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { ProfileView } from "@rose-ash/shared/contracts/people.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { APPS } from "@rose-ash/shared/models/apps.ts";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { whyFollowed } from "../../following/follow.ts";
import { findAnybody } from "../../people/find-anybody.ts";
import { readerOf } from "../hub/reader.ts";
import { type TimelineQuery, timelineQuery } from "../hub/send-timeline.ts";
import { mayAsk } from "./may-ask.ts";

export const nameParams = z.object({ name: z.string().regex(/^[\w.-]{1,100}(?:@[\w.:-]{1,255})?$/) });
export type NameRequest = { Params: z.output<typeof nameParams> };

/** GET /@ada or /@ada@theirs.example: somebody's profile. Whom nobody here asked for yet is asked for when a member looks. */
export const showPerson: Route<NameRequest & { Querystring: TimelineQuery }> = {
  method: "GET",
  url: "/@:name",
  schema: { params: nameParams, querystring: timelineQuery.loose() }, // a notice may stand beside it
  async handler(request, reply) {
    const profile = await getProfile(request, request.params.name);
    const between = await standingOf(request, profile);
    if (!profile.isOurs) reply.header("x-robots-tag", "noindex");
    return reply.page("people/show.html", { profile, between, ...(await postsOf(request, profile, request.query.before ?? null)) });
  },
};

/** What they say, as the reader may see it; on the first page below what they put on top. */
async function postsOf(request: FastifyRequest, { uri, path }: ProfileView, before: string | null) {
  const { statuses } = request.server.services;
  const reader = readerOf(request);
  const [page, pinned] = await Promise.all([statuses.listOf(uri, reader, before), before === null ? statuses.listPinned(uri, reader) : []]);
  return {
    ...{
      lines: page.lines,
      pinned: pinned.map((status) => ({ status, boostedBy: null })),
      isMember: reader !== null,
      here: before === null ? path : `${path}?before=${before}`,
    },
    ...{ newestUrl: before === null ? null : path, olderUrl: page.older === null ? null : `${path}?before=${page.older}` },
  };
}

/** Throws not-found. */
export async function getProfile(request: FastifyRequest, name: string): Promise<ProfileView> {
  const { services, publicUrl } = request.server;
  const host = new URL(publicUrl("federation", "")).host;
  const [handle = "", at] = name.split("@", 2);
  const app = APPS.find((one) => one === handle.toLowerCase() && new URL(publicUrl(one, "")).host === at?.toLowerCase());
  if (app !== undefined) return (await services.people.findProfile({ uri: publicUrl(app, "/ap/actor") })) ?? nobody();
  if (at === undefined || at.toLowerCase() === host)
    return (await services.people.findProfile({ handle: handle.toLowerCase() })) ?? nobody();
  const uri = (await services.people.findUri(handle, at.toLowerCase())) ?? (await askFor(request, name));
  return (await services.people.findProfile({ uri })) ?? nobody();
}

/** Their own host is asked, for members only: each look costs others something. */
async function askFor(request: FastifyRequest, name: string): Promise<string> {
  const { server, viewer } = request;
  if (viewer.kind !== "member") return nobody();
  if (!(await mayAsk(request, viewer.userId)))
    throw new CodedError("too-many-requests", "Many people were looked for. Please wait some minutes.");
  const found = await findAnybody(server, `@${name}`);
  if (found.kind !== "elsewhere") return nobody();
  await server.fediverse.remote.keep(server.runtime.db, found.actor);
  return found.actor.uri;
}

function nobody(): never {
  throw new CodedError("not-found", "Nobody of that name is known here.");
}

/** What stands between the member who looks and the person, by the rules; null: a guest looks, or the person. */
export async function standingOf(request: FastifyRequest, { uri }: { uri: string }) {
  const { server, viewer } = request;
  if (viewer.kind !== "member") return null;
  const { services, fediverse } = server;
  const own = fediverse.actors.ofMember(viewer.handle).uri;
  if (own === uri) return { isOneself: true } as const;
  const holds = (name: string) => services.relations.holds({ relation: `federation.${name}`, values: [own, uri] });
  const [standing, isMutual, isCut, lists] = await Promise.all([
    services.people.standing(own, uri),
    holds("mutual"),
    holds("cut"),
    services.people.listLists(viewer.userId),
  ]);
  const derived = standing.follows === "accepted" ? null : await whyFollowed(server, viewer.userId, [own, uri]);
  return { isOneself: false, ...standing, isMutual, isCut, derived, lists, host: new URL(uri).host } as const;
}
