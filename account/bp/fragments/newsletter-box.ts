import { defineFragment } from "@rose-ash/shared/infrastructure/fragments/index.ts";
import { z } from "zod";

/** The first open list, with a line to type an address into: the same for every guest and every page: its form comes back to where it was sent from. */
export const newsletterBox = defineFragment({
  type: "newsletter-box",
  params: z.object({}),
  async render({ services }) {
    const list = (await services.newsletters.listNewsletters()).find(({ isOpen }) => isOpen) ?? null;
    return { template: "fragments/newsletter-box.html", context: { list } };
  },
});

/** For a member one click, where they don't have it. */
export const ownNewsletterBox = defineFragment({
  type: "own-newsletter-box",
  params: z.object({}),
  async render({ services, subject }) {
    const own = subject.kind === "user" ? await services.newsletters.findOwnOf(subject.userId) : null;
    const first = own?.lists.find(({ newsletter }) => newsletter.isOpen);
    const list = own?.suppressed === null && (first?.state === "none" || first?.state === "pending") ? first.newsletter : null;
    return { template: "fragments/own-newsletter-box.html", context: { list } };
  },
});
