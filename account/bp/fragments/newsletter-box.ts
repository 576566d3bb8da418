import { defineFragment } from "@rose-ash/shared/infrastructure/fragments/index.ts";
import { z } from "zod";

/** next: the path of the page that it stands on, to which its form comes back. */
const params = z.object({
  next: z
    .string()
    .regex(/^\/(?!\/)[a-z0-9/-]{0,300}$/)
    .default("/"),
});

/** The first open list, with a line to type an address into: the same for every guest. */
export const newsletterBox = defineFragment({
  type: "newsletter-box",
  params,
  async render({ services, params: { next } }) {
    const list = (await services.newsletters.listNewsletters()).find(({ isOpen }) => isOpen) ?? null;
    return { template: "fragments/newsletter-box.html", context: { list, next } };
  },
});

/** For a member one click, where they don't have it. */
export const ownNewsletterBox = defineFragment({
  type: "own-newsletter-box",
  params,
  async render({ services, subject, params: { next } }) {
    const own = subject.kind === "user" ? await services.newsletters.findOwnOf(subject.userId) : null;
    const first = own?.lists.find(({ newsletter }) => newsletter.isOpen);
    const list = own?.suppressed === null && (first?.state === "none" || first?.state === "pending") ? first.newsletter : null;
    return { template: "fragments/own-newsletter-box.html", context: { list, next } };
  },
});
