import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { listTopics } from "../topics.ts";
import { canonicalPath } from "./canonical-path.ts";

const params = z.object({ "*": z.string() });

export const showPage: Route<{ Params: z.output<typeof params> }> = {
  method: "GET",
  url: "/*",
  schema: { params },
  config: { publicPage: ["menu", "posts"] },
  async handler(request, reply) {
    const { services, publicUrl } = request.server;
    const asked = request.params["*"];
    const path = canonicalPath(asked);
    if (path === null) throw new CodedError("not-found", "There is no page at this address.");
    const page = await services.blog.getPage(path);
    if (path !== asked) return reply.redirect(`/${path}`, 301);
    const topics = await listTopics(services.blog, publicUrl("blog", "/"), null);
    const trail = [{ name: "Blog", url: "/" }, ...page.breadcrumb];
    return reply.page("page/show.html", { ...page, trail, topics, url: publicUrl("blog", `/${path}`) });
  },
};
