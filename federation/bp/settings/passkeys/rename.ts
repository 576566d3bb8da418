import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { z } from "zod";
import { memberOf } from "../member.ts";
import { passkeysPage } from "./list.ts";
import { NAME_ERROR, passkeyName } from "./name.ts";

export const passkeyParams = z.object({ id: z.string().regex(/^[\w-]{1,1400}$/) }); // WebAuthn: up to 1023 bytes
const body = z.object({ name: z.string().max(1000).default("") });

/** GET: who reloads a refused answer comes back to the list. */
export const reloadRename: Route = {
  method: "GET",
  url: "/settings/passkeys/:id/name",
  handler: (_request, reply) => reply.redirect("/settings/passkeys", 303),
};

/** POST /settings/passkeys/:id/name */
export const renamePasskey: Route<{ Params: z.output<typeof passkeyParams>; Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/settings/passkeys/:id/name",
  schema: { params: passkeyParams, body },
  async handler(request, reply) {
    const { userId } = memberOf(request);
    const { id } = request.params;
    const name = passkeyName.safeParse(request.body.name);
    if (!name.success) {
      return passkeysPage(request, reply.code(422), { errors: [{ field: `name-${id}`, message: NAME_ERROR }], name: "" });
    }
    const { services, transaction } = request.server;
    await transaction((tx) => services.passkeys.renamePasskey(tx, userId, id, name.data));
    return reply.redirect(withNotice("/settings/passkeys", "passkey-renamed"), 303);
  },
};
