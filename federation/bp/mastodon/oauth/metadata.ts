import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { CLIENT_SCOPES } from "../../../mastodon/scopes.ts";

const texts = z.array(z.string()).default([]);
const provided = z.looseObject({ scopes_supported: texts, grant_types_supported: texts, token_endpoint_auth_methods_supported: texts });

/** GET /.well-known/oauth-authorization-server (RFC 8414): what the OpenID provider says of itself, and what the client API adds. */
export const showMetadata: Route = {
  method: "GET",
  url: "/.well-known/oauth-authorization-server",
  async handler(request, reply) {
    const { server } = request;
    const { host } = request.headers;
    const own = await server.inject({ url: "/.well-known/openid-configuration", headers: host === undefined ? {} : { host } });
    const said = provided.parse(own.json());
    const add = (some: readonly string[], more: readonly string[]) => [...new Set([...some, ...more])];
    return reply.header("cache-control", "public, max-age=300").send({
      ...said,
      app_registration_endpoint: server.publicUrl("federation", "/api/v1/apps"),
      scopes_supported: add(said.scopes_supported, CLIENT_SCOPES),
      grant_types_supported: add(said.grant_types_supported, ["client_credentials"]),
      token_endpoint_auth_methods_supported: add(said.token_endpoint_auth_methods_supported, ["client_secret_post"]),
    });
  },
};
