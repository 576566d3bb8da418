import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { z } from "zod";
import { accountPage } from "../../sections.ts";
import { whyMailed } from "../../services/letters/why-mailed.ts";
import { LIST_ROUTE, listParams } from "./decide.ts";

/** GET /newsletters/:slug/why: what a member's mail follows from, by the relations, and what they said when. */
export const showWhy: Route<{ Params: z.output<typeof listParams> }> = {
  method: "GET",
  url: `${LIST_ROUTE}/why`,
  schema: { params: listParams },
  async handler(request, reply) {
    const { viewer, server } = request;
    if (viewer.kind === "guest") return reply.redirect(`/auth/login?next=${encodeURIComponent(request.url)}`, 302);
    const own = await server.services.newsletters.findOwnOf(viewer.userId);
    const list = own?.lists.find(({ newsletter }) => newsletter.slug === request.params.slug);
    if (!own || !list) throw new CodedError("not-found", "There is no such list for you.");
    const proof = own.subscriberId === null ? null : await whyMailed(server.services, own.subscriberId, list.newsletter.slug);
    return accountPage(reply, "newsletters/why.html", { own, list, proof });
  },
};
