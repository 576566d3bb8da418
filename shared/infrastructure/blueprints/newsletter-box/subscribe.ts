import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { CodedError } from "../../../contracts/errors.ts";
import { purgeOnCommit } from "../../cache/index.ts";
import type { Route } from "../../http/index.ts";
import { localPath } from "../../local-path.ts";
import { readAddress } from "../../mail/index.ts";
import { type NoticeCode, withNotice } from "../../notices/index.ts";
import { askFor } from "./ask-for.ts";

const words = z.string().max(500).catch("");

/** website: no person sees it, so what fills it in is none. */
const body = z.object({
  newsletter: z.string().regex(/^[a-z0-9-]{1,100}$/),
  email: words.default(""),
  website: words.default(""),
});

/** POST /newsletter-subscriptions: a guest is written to, and says yes from there; a member has the list at the address of their account. */
export const subscribe: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/newsletter-subscriptions",
  schema: { body },
  config: { requestsPerMinute: 10, rateLimit: { groupId: "newsletter-asking" } },
  async handler(request, reply) {
    const { server, viewer } = request;
    const { services, transaction } = server;
    const { newsletter: slug, email, website } = request.body;
    const back = (notice: NoticeCode) => reply.redirect(withNotice(pageBefore(request), notice), 303);
    const newsletter = await services.newsletters.getNewsletter(slug);
    if (!newsletter.isOpen) throw new CodedError("not-found", "There is no such list.", { slug });
    if (viewer.kind === "member") {
      const own = await services.newsletters.findOwnOf(viewer.userId);
      if (own === null || own.suppressed !== null) return back("newsletter-no-address");
      const decision = { email: own.email, newsletterId: newsletter.id, state: "subscribed", textVersion: "member-1" } as const;
      await transaction(async (tx) => {
        await services.newsletters.decide(tx, decision);
        purgeOnCommit(tx, [`newsletters:${viewer.userId}`]);
      });
      return back("newsletter-subscribed");
    }
    const address = readAddress(email);
    if (address === null) return back("newsletter-bad-address");
    if (website === "") await askFor(server, { email: address, newsletterIds: [newsletter.id], textVersion: "box-1" });
    return back("newsletter-asked");
  },
};

/** The page of this host that the box stands on, the same for all pages so that one piece does for them. */
function pageBefore({ headers, host }: FastifyRequest): string {
  const url = URL.parse(headers.referer ?? "");
  return localPath(url?.host === host ? url.pathname : undefined, "/");
}
