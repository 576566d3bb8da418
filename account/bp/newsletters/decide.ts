import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import { purgeOnCommit } from "@rose-ash/shared/infrastructure/cache/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { z } from "zod";

export const LIST_ROUTE = "/newsletters/:slug(^[a-z0-9-]{1,100}$)";
export const listParams = z.object({ slug: z.string() });
const body = z.object({ state: z.enum(["subscribed", "unsubscribed"]) });

/** POST /newsletters/:slug: a member wants a list, or does not. */
export const decideOnList: Route<{ Params: z.output<typeof listParams>; Body: z.output<typeof body> }> = {
  method: "POST",
  url: LIST_ROUTE,
  schema: { params: listParams, body },
  async handler(request, reply) {
    const { viewer, server } = request;
    if (viewer.kind === "guest") throw new CodedError("sign-in-needed", "Sign in to decide what comes to your address.");
    const own = await server.services.newsletters.findOwnOf(viewer.userId);
    const list = own?.lists.find(({ newsletter }) => newsletter.slug === request.params.slug);
    if (!own || !list) throw new CodedError("not-found", "There is no such list for you.");
    const { state } = request.body;
    const textVersion = state === "subscribed" ? "member-1" : "link-1";
    await server.transaction(async (tx) => {
      await server.services.newsletters.decide(tx, { email: own.email, newsletterId: list.newsletter.id, state, textVersion });
      purgeOnCommit(tx, [`newsletters:${viewer.userId}`]);
    });
    return reply.redirect(withNotice("/newsletters", "newsletter-saved"), 303);
  },
};
