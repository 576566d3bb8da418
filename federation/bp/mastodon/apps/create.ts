import { networkOf, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { hashToken, randomToken } from "@rose-ash/shared/infrastructure/keys/index.ts";
import { VISIBLE_TEXT } from "@rose-ash/shared/infrastructure/visible-text.ts";
import { z } from "zod";
import { application } from "../../../mastodon/entities/application.ts";
import { readScopes } from "../../../mastodon/scopes.ts";
import { anybody } from "../access.ts";
import { invalid } from "../errors.ts";
import { countHit } from "../limits.ts";
import { readRedirects } from "../oauth/redirects.ts";
import { listOf, readParams, text } from "../params.ts";

const params = z.object({
  client_name: text(1000),
  redirect_uris: listOf(text(6000), 10),
  scopes: text(2000).default("read"),
  website: text(2000).optional(),
});

/** POST /api/v1/apps: each app registers itself, before any member is there. Its secret is said once. */
export const createApp: Route = {
  method: "POST",
  url: "/api/v1/apps",
  config: anybody(),
  async handler(request, reply) {
    const { server } = request;
    const read = await readParams(request, params);
    const name = read.client_name.trim();
    if (name.length < 1 || name.length > 60 || !VISIBLE_TEXT.test(name))
      throw invalid("Application name is empty, too long, or can't be read");
    const own = new URL(server.publicUrl("federation", "")).hostname.split(".").slice(1).join(".");
    const redirectUris = readRedirects(read.redirect_uris, own);
    if (redirectUris === null) throw invalid("Redirect URI must be an absolute URI that leads back to the app");
    const scopes = readScopes(read.scopes);
    if (scopes === null) throw invalid("Scopes doesn't match configured on the server");
    await countHit(request, "apps", networkOf(request.ip));
    const secret = randomToken();
    const details = {
      clientId: `api.${randomToken()}`,
      name,
      website: websiteOf(read.website),
      redirectUris,
      scopes,
      secretHash: hashToken(secret),
    };
    const app = await server.transaction((tx) => server.services.clientApi.registerApp(tx, details));
    return reply.send({ ...application(app), client_id: app.clientId, client_secret: secret, client_secret_expires_at: 0 });
  },
};

function websiteOf(given: string | undefined): string | null {
  const url = given === undefined || given === "" ? null : URL.parse(given);
  return url !== null && /^https?:$/.test(url.protocol) && url.href.length <= 500 ? url.href : null;
}
