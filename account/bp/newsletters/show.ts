import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { accountPage } from "../../sections.ts";

/** GET /newsletters */
export const showNewsletters: Route = {
  method: "GET",
  url: "/newsletters",
  handler: (request, reply) => sendNewsletters(request, reply, { email: "", chosen: [], messages: {} }),
};

/** What a guest typed, and what is wrong with it. */
interface Typed {
  email: string;
  chosen: readonly string[];
  messages: Readonly<Record<string, string>>;
}

/** A member's lists, or for a guest the open ones with the form; 422 when that comes back. */
export async function sendNewsletters(request: FastifyRequest, reply: FastifyReply, typed: Typed): Promise<FastifyReply> {
  const { services } = request.server;
  if (Object.keys(typed.messages).length > 0) reply.code(422);
  if (request.viewer.kind === "guest") {
    const lists = (await services.newsletters.listNewsletters()).filter(({ isOpen }) => isOpen);
    return accountPage(reply, "newsletters/guest.html", { lists, ...typed });
  }
  return accountPage(reply, "newsletters/show.html", { own: await services.newsletters.findOwnOf(request.viewer.userId) });
}
