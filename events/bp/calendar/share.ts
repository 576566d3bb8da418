import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { forMembers } from "./for-members.ts";

const params = z.object({ slug: z.string() });

/** GET /calendars/:slug/share: where programs read it, and what to copy to show it elsewhere. */
export const shareCalendar: Route<{ Params: z.output<typeof params> }> = {
  method: "GET",
  url: "/calendars/:slug/share",
  schema: { params },
  config: { publicPage: ["calendar"] },
  async handler(request, reply) {
    const { services, publicUrl } = request.server;
    const { slug } = request.params;
    const calendar = (await services.events.listCalendars()).find((one) => one.slug === slug);
    if (!calendar) throw new CodedError("not-found", "There is no calendar at this address.", { slug });
    const feedUrl = publicUrl("events", `/calendars/${slug}/calendar.ics`);
    return reply.page("calendar/share.html", {
      calendar,
      feedUrl,
      webcalUrl: feedUrl.replace(/^https?:/, "webcal:"),
      deskUrl: forMembers(request, "/desk"),
      snippet: snippetOf(calendar.name, publicUrl("events", `/embed/${slug}`), publicUrl("events", "/embed.js")),
      trail: [{ name: "Calendar", url: publicUrl("events", "/") }, calendar, { name: "Follow or show it" }],
    });
  },
};

/** What stands on the other website: a frame, and the script that makes it as tall as what is in it. */
function snippetOf(name: string, url: string, script: string): string {
  const title = name.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  return `<iframe src="${url}" title="${title}" width="100%" height="600" style="border:0" loading="lazy"></iframe>\n<script src="${script}" async></script>`;
}
