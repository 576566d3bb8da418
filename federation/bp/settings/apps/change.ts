import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { memberOf } from "../member.ts";
import { type AppForm, appForm, readForm } from "./form.ts";
import { type AppParams, appPage, appParams } from "./show.ts";

/** POST /settings/apps/:id: another name, other addresses. */
export const changeApp: Route<{ Params: AppParams; Body: AppForm }> = {
  method: "POST",
  url: "/settings/apps/:id",
  schema: { params: appParams, body: appForm },
  async handler(request, reply) {
    const { userId } = memberOf(request);
    const { services, transaction } = request.server;
    const client = await services.oauthClients.getClientOf(userId, request.params.id);
    const read = readForm(request.server, request.body);
    if (read.kind === "bad") return appPage(request, reply.code(422), { client, form: request.body, errors: read.errors, secret: null });
    await transaction((tx) => services.oauthClients.changeClient(tx, userId, client.clientId, read.details));
    return reply.redirect(withNotice(`/settings/apps/${client.clientId}`, "app-saved"), 303);
  },
};
