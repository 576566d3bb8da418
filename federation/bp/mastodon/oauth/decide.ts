import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { hashToken, randomToken } from "@rose-ash/shared/infrastructure/keys/index.ts";
import { z } from "zod";
import { admitFormTarget } from "../../form-target.ts";
import { memberOf } from "../../settings/member.ts";
import { askedParams, readAsked } from "./asked.ts";
import { sendAnswer } from "./authorize.ts";

const body = askedParams.extend({ decision: z.enum(["allow", "refuse"]) });

/** POST /oauth/authorize: yes or no. All of it is looked at once more: a form can be made up. */
export const decideAuthorize: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/oauth/authorize",
  schema: { body },
  async handler(request, reply) {
    const { userId } = memberOf(request);
    const { server } = request;
    const { decision, ...params } = request.body;
    reply.header("cache-control", "no-store").header("referrer-policy", "no-referrer");
    const asked = await readAsked(server, params);
    if (asked.error !== null) throw new CodedError("invalid-request", asked.error.error_description);
    admitFormTarget(reply, asked.redirectUri);
    if (decision === "refuse")
      return sendAnswer(request, reply, asked, { error: "access_denied", error_description: "The member said no." });
    const code = randomToken();
    const { app, redirectUri, scopes, codeChallenge } = asked;
    const given = { codeHash: hashToken(code), appId: app.id, userId, redirectUri, scopes, codeChallenge };
    await server.transaction((tx) => server.services.clientApi.giveCode(tx, given));
    return sendAnswer(request, reply, asked, { code });
  },
};
