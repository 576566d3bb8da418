import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { OwnNewsletters } from "@rose-ash/shared/contracts/newsletters.ts";
import { askFor } from "@rose-ash/shared/infrastructure/blueprints/newsletter-box/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { accountPage } from "../../sections.ts";
import { whyMailed } from "../../services/letters/why-mailed.ts";
import { linksOf, masked, type TokenParams, tokenParams } from "./token.ts";

/** GET /letters/preferences/:token: the lists of an address, by the link in its mails, and what each follows from. */
export const showPreferences: Route<{ Params: TokenParams }> = {
  method: "GET",
  url: "/letters/preferences/:token",
  schema: { params: tokenParams },
  async handler(request, reply) {
    const own = await findByLink(request);
    reply.header("cache-control", "private, no-store");
    if (own === null) return accountPage(reply.code(404), "letters/no-link.html", {});
    const { services } = request.server;
    const lists = await Promise.all(
      own.lists.map(async (list) => ({ ...list, proof: await whyMailed(services, own.subscriberId, list.newsletter.slug) })),
    );
    return accountPage(reply, "letters/preferences.html", {
      email: masked(own.email),
      suppressed: own.suppressed,
      lists,
      token: request.params.token,
    });
  },
};

/** list: a slug, or "all". */
const body = z.object({ list: z.string().max(100), state: z.enum(["subscribed", "unsubscribed"]) });

/** POST /letters/preferences/:token: a list less at once; one more when they say yes from their mailbox, as this link may have been forwarded. */
export const savePreferences: Route<{ Params: TokenParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/letters/preferences/:token",
  schema: { params: tokenParams, body },
  async handler(request, reply) {
    const { server, body: form, params } = request;
    const own = await findByLink(request);
    const list = own?.lists.find(({ newsletter }) => newsletter.slug === form.list)?.newsletter ?? null;
    if (own === null || (list === null && form.list !== "all"))
      throw new CodedError("not-found", "There is no such list for this address.");
    const back = `/letters/preferences/${params.token}`;
    if (form.state === "subscribed") {
      if (!list?.isOpen) throw new CodedError("not-found", "There is no such list for this address.");
      await askFor(server, { email: own.email, newsletterIds: [list.id], textVersion: "lists-1" });
      return reply.redirect(withNotice(back, "newsletter-asked"), 303);
    }
    const decision = { subscriberId: own.subscriberId, newsletterId: list?.id ?? null, textVersion: list ? "link-1" : "all-1" };
    await server.transaction((tx) => server.services.newsletters.leave(tx, decision));
    return reply.redirect(withNotice(back, "newsletter-saved"), 303);
  },
};

async function findByLink({ server, params }: FastifyRequest<{ Params: TokenParams }>): Promise<OwnNewsletters | null> {
  const subscriberId = linksOf(server).readPreferences(params.token);
  return subscriberId === null ? null : server.services.newsletters.findOwn(subscriberId);
}
