import { cartOwnerOf } from "@rose-ash/shared/contracts/cart.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { z } from "zod";

const body = z.object({ code: z.string().max(60).catch("").default("") });

/** From one address: codes are short, and nobody should find one by trying. */
const MOST_A_MINUTE = 20;

/** POST /code: what somebody typed for a discount; nothing takes it away again. */
export const setCode: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/code",
  schema: { body },
  config: { requestsPerMinute: MOST_A_MINUTE, rateLimit: { groupId: "codes" } }, // counted by itself
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const owner = cartOwnerOf(request.viewer);
    const code = request.body.code.replaceAll("\u0000", "").trim();
    if (owner === null) return reply.redirect("/", 303);
    const isKept = await transaction((tx) => services.cart.setCode(tx, owner, code === "" ? null : code));
    const said = code === "" ? "code-removed" : "code-kept";
    return reply.redirect(withNotice("/", isKept ? said : "code-unknown"), 303);
  },
};
