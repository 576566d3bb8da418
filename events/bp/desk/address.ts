import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { hashToken, randomToken } from "@rose-ash/shared/infrastructure/keys/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { memberOf } from "../member.ts";
import { sendDesk } from "./show.ts";

/** POST /desk/address: a secret address for the member's own calendar. It is shown once; one that was there before opens nothing any more. */
export const renewAddress: Route = {
  method: "POST",
  url: "/desk/address",
  async handler(request, reply) {
    const { services, transaction, publicUrl } = request.server;
    const userId = memberOf(request);
    const token = randomToken();
    await transaction((tx) => services.calendarFiles.renewOwnAddress(tx, { userId, tokenHash: hashToken(token) }));
    return sendDesk(request, reply, { feedUrl: publicUrl("events", `/my-calendar/${token}/calendar.ics`) });
  },
};

/** POST /desk/address/removal: it opens nothing any more. */
export const revokeAddress: Route = {
  method: "POST",
  url: "/desk/address/removal",
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const userId = memberOf(request);
    await transaction((tx) => services.calendarFiles.revokeOwnAddress(tx, userId));
    return reply.redirect(withNotice("/desk", "address-revoked"), 303);
  },
};
