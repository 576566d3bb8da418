import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { z } from "zod";
import { memberOf } from "../member.ts";
import { askFirst } from "../page.ts";
import { passkeyParams } from "./rename.ts";

type Params = z.output<typeof passkeyParams>;

/** GET /settings/passkeys/:id/removal: asks. */
export const askRemove: Route<{ Params: Params }> = {
  method: "GET",
  url: "/settings/passkeys/:id/removal",
  schema: { params: passkeyParams },
  async handler(request, reply) {
    const known = await request.server.services.passkeys.listPasskeys(memberOf(request).userId);
    const passkey = known.find(({ id }) => id === request.params.id);
    if (passkey === undefined) throw new CodedError("not-found", "You have no passkey of this name. It may have been removed.");
    return askFirst(reply, "Passkeys", {
      title: `Remove ${passkey.name}?`,
      lead: "It signs nobody in any more. Links by mail work as ever. Your device may go on showing it until you delete it there too.",
      action: `/settings/passkeys/${passkey.id}/removal`,
      yes: "Remove it",
      backUrl: "/settings/passkeys",
    });
  },
};

/** POST /settings/passkeys/:id/removal */
export const removePasskey: Route<{ Params: Params }> = {
  method: "POST",
  url: "/settings/passkeys/:id/removal",
  schema: { params: passkeyParams },
  async handler(request, reply) {
    const { userId } = memberOf(request);
    const { services, transaction } = request.server;
    await transaction((tx) => services.passkeys.removePasskey(tx, userId, request.params.id));
    return reply.redirect(withNotice("/settings/passkeys", "passkey-removed"), 303);
  },
};
