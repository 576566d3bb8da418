import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { peoplePage } from "../people-page.ts";
import { memberOf } from "../settings/member.ts";

/** GET /following: whom the member follows, and a field for somebody new. */
export const listFollowed: Route = {
  method: "GET",
  url: "/following",
  handler: (request, reply) => followingPage(request, reply, { name: "", error: "" }),
};

/** name and error: of a try that came to nothing. */
export async function followingPage(
  request: FastifyRequest,
  reply: FastifyReply,
  tried: { name: string; error: string },
): Promise<FastifyReply> {
  const { handle } = memberOf(request);
  const { services, fediverse, publicUrl } = request.server;
  const followed = await services.people.listFollowing(fediverse.actors.ofMember(handle).uri, 1);
  const own = `@${handle}@${new URL(publicUrl("federation", "")).host}`;
  return peoplePage(reply, "Following", "following/list.html", { followed, own, ...tried });
}
