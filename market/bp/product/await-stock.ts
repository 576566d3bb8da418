import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";

const params = z.object({ slug: z.string() });
const body = z.object({ isAwaited: z.enum(["yes", "no"]) });

/** POST /products/:slug/stock-alert: whether the member wants a mail when there is more of it. Sent twice it changes nothing. */
export const awaitStock: Route<{ Params: z.output<typeof params>; Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/products/:slug(^[a-z0-9-]{1,200}$)/stock-alert",
  schema: { params, body },
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { viewer } = request;
    const path = `/products/${request.params.slug}`;
    if (viewer.kind !== "member") return reply.redirect(`/auth/login?next=${encodeURIComponent(path)}`, 303);
    const { id } = await services.market.getProduct(request.params.slug);
    await transaction((tx) =>
      request.body.isAwaited === "yes"
        ? services.market.awaitStock(tx, id, viewer.userId)
        : services.market.stopAwaiting(tx, id, viewer.userId),
    );
    return reply.redirect(`${path}#stock`, 303);
  },
};
