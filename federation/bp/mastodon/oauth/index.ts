import multipart from "@fastify/multipart";
import type { FastifyPluginAsync } from "fastify";
import { openToPages } from "../cors.ts";
import { sendClientError } from "../errors.ts";
import { showAuthorize } from "./authorize.ts";
import { decideAuthorize } from "./decide.ts";
import { showMetadata } from "./metadata.ts";
import { revokeToken } from "./revoke.ts";
import { giveToken } from "./token.ts";

const MOST_BYTES = 56 * 1024; // as the provider takes

/** How apps of the client API are let in. They share their addresses with the OpenID provider, which has what is not theirs. */
export const oauth: FastifyPluginAsync = async (app) => {
  app.route(showAuthorize);
  app.route(decideAuthorize);
  await app.register(async (open) => {
    openToPages(open);
    open.route(showMetadata);
  });
  await app.register(async (endpoints) => {
    openToPages(endpoints, ["/oauth/token", "/oauth/revoke"]);
    endpoints.setErrorHandler(sendClientError);
    await endpoints.register(multipart, { limits: { files: 0, fields: 20, fieldSize: MOST_BYTES } });
    endpoints.removeContentTypeParser("application/x-www-form-urlencoded");
    const asItCame = { parseAs: "buffer", bodyLimit: MOST_BYTES } as const;
    endpoints.addContentTypeParser("application/x-www-form-urlencoded", asItCame, (_request, body, done) => done(null, body));
    endpoints.route(giveToken);
    endpoints.route(revokeToken);
  });
};
