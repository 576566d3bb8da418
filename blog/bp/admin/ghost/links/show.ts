import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import { compareTexts } from "@rose-ash/shared/infrastructure/compare-texts.ts";
import { nothingHere, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { readBoth } from "../../../../services/ghost/index.ts";
import { readableText } from "../../pieces/readable-text.ts";
import { rowOf } from "../rows.ts";
import { type LinkParams, linkParams } from "./link-command.ts";

/** GET /admin/ghost/links/:id: one piece as it is now on both sides, field by field. Ghost is asked, and may be away. */
export const showLink: Route<{ Params: LinkParams }> = {
  method: "GET",
  url: "/admin/ghost/links/:id",
  schema: { params: linkParams },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { ghost, ghostParts, services } = request.server;
    if (ghost === null) throw nothingHere();
    const { id } = request.params;
    const view = await services.ghost.getLinkView(id);
    const link = await services.ghost.findLink(id);
    if (link === null) throw new CodedError("not-found", "There is no such piece.", { id });
    const both = await readBoth(ghostParts, link);
    const isTextOther = both.kind === "read" && both.fields.some(({ field }) => field === "text");
    return reply.page("admin/ghost/links/show.html", {
      menu: menuOf(request),
      ...{ link: rowOf(ghost.url, view), both },
      differs: both.kind === "read" && both.fields.some(({ differs }) => differs),
      parts: isTextOther ? compareTexts(readableText(both.html.here), readableText(both.html.there)) : [],
    });
  },
};
