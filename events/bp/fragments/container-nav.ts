import { defineFragment } from "@rose-ash/shared/infrastructure/fragments/index.ts";
import { z } from "zod";

const params = z.object({
  /** The path of a page of the blog, without its first slash. */
  page: z.string().min(1).max(500),
});

/** The calendars that a page of the blog contains, as links with what each of them has next. */
export const containerNav = defineFragment({
  type: "container-nav",
  params,
  async render({ services: { widgets, events }, params: { page } }) {
    const shown = (await widgets.listWidgets(page)).filter(({ kind }) => kind === "calendar");
    const next = await Promise.all(shown.map(({ slug }) => events.listNextEntriesOf(slug, 1)));
    const calendars = shown.map(({ name, url }, index) => ({ name, url, next: next[index]?.[0] ?? null }));
    return { template: "fragments/container-nav.html", context: { calendars } };
  },
});
