import { askFor } from "@rose-ash/shared/infrastructure/blueprints/newsletter-box/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { readAddress } from "@rose-ash/shared/infrastructure/mail/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { z } from "zod";
import { sendNewsletters } from "./show.ts";

const words = z.string().max(500).catch("");
const body = z.object({
  email: words.default(""),
  website: words.default(""),
  list: z
    .union([z.string().transform((one) => [one]), z.array(z.string()).max(50)])
    .catch([])
    .default([]),
});

/** POST /newsletters: lists by an address, of somebody who has no account or is not signed in. */
export const askForLists: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/newsletters",
  schema: { body },
  config: { requestsPerMinute: 10, rateLimit: { groupId: "newsletter-asking" } },
  async handler(request, reply) {
    const { email, website, list } = request.body;
    const address = readAddress(email);
    const open = (await request.server.services.newsletters.listNewsletters()).filter(({ isOpen }) => isOpen);
    const newsletterIds = open.filter(({ slug }) => list.includes(slug)).map(({ id }) => id);
    const messages = {
      ...(newsletterIds.length === 0 ? { list: "Choose what you would like to get." } : {}),
      ...(address === null ? { email: "Give a mail address, as ada@example.org." } : {}),
    };
    if (address === null || newsletterIds.length === 0) return sendNewsletters(request, reply, { email, chosen: list, messages });
    if (website === "") await askFor(request.server, { email: address, newsletterIds, textVersion: "lists-1" });
    return reply.redirect(withNotice("/newsletters", "newsletter-asked"), 303);
  },
};
