import { defineFragment } from "@rose-ash/shared/infrastructure/fragments/index.ts";
import { z } from "zod";

const TOPICS_SHOWN = 5;
const PLACES = [
  { app: "market", name: "The shop" },
  { app: "events", name: "What is on" },
  { app: "federation", name: "The community" },
  { app: "account", name: "Your account" },
] as const;

export const footer = defineFragment({
  type: "footer",
  params: z.object({}),
  async render({ services, publicUrl }) {
    const [navigation, topics] = await Promise.all([services.blog.getNavigation(), services.blog.listTags()]);
    const groups = [
      { title: "The co-op", links: [...navigation.footer, { name: "Feed (RSS)", url: publicUrl("blog", "/feed.xml") }] },
      { title: "Topics", links: [...topics.slice(0, TOPICS_SHOWN), { name: "All topics", url: publicUrl("blog", "/tags") }] },
      { title: "Places", links: PLACES.map(({ app, name }) => ({ name, url: publicUrl(app, "/") })) },
    ];
    return { template: "fragments/footer.html", context: { groups: groups.filter(({ links }) => links.length > 0) } };
  },
});
