import type { OAuthClient } from "@rose-ash/shared/contracts/oauth-clients.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { memberOf } from "../member.ts";
import { settingsPage } from "../page.ts";
import type { AppForm, FormError } from "./form.ts";
import { takeSecret } from "./one-time-secret.ts";

export const appParams = z.object({ id: z.string().regex(/^[\w-]{1,64}$/) });
export type AppParams = z.output<typeof appParams>;

/** GET /settings/apps/:id: one's own app; just after its secret was made, with the secret. */
export const showApp: Route<{ Params: AppParams }> = {
  method: "GET",
  url: "/settings/apps/:id",
  schema: { params: appParams },
  async handler(request, reply) {
    const client = await request.server.services.oauthClients.getClientOf(memberOf(request).userId, request.params.id);
    const form = {
      name: client.name,
      redirects: client.redirectUris.join("\n"),
      logouts: client.logoutUris.join("\n"),
      backchannel: client.backchannelUri ?? "",
    };
    return appPage(request, reply, { client, form, errors: [], secret: await takeSecret(request, reply, client.clientId) });
  },
};

interface Shown {
  client: OAuthClient;
  form: AppForm;
  errors: FormError[];
  secret: string | null;
}

/** The app's page, with the form as it was typed. */
export function appPage(request: FastifyRequest, reply: FastifyReply, { errors, ...shown }: Shown): Promise<FastifyReply> {
  const byField = Object.fromEntries(errors.map(({ field, message }) => [field, message]));
  const issuer = request.server.publicUrl("federation", "");
  return settingsPage(reply, "Your apps", "apps/show.html", { ...shown, list: errors, errors: byField, issuer });
}
