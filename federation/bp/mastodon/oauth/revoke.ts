import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { hashToken } from "@rose-ash/shared/infrastructure/keys/index.ts";
import { ClientError } from "../errors.ts";
import { authenticate, readTokenParams } from "./client.ts";
import { isOthers } from "./token.ts";

/** POST /oauth/revoke: the token is of no use from then on (RFC 7009). One that is not known is no error; another app's is. */
export const revokeToken: Route = {
  method: "POST",
  url: "/oauth/revoke",
  config: { origin: "exempt" },
  async handler(request, reply) {
    const params = await readTokenParams(request);
    const { server } = request;
    if (isOthers(request, params)) return server.serveProvider(request, reply);
    const app = await authenticate(request, params);
    const outcome = await server.transaction((tx) => server.services.clientApi.revoke(tx, app.id, hashToken(params.token ?? "")));
    if (outcome === "other") throw new ClientError(403, "You are not authorized to revoke this token", "unauthorized_client");
    return reply.header("cache-control", "no-store").send({});
  },
};
