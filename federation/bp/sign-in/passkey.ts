import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import { networkOf, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { type Answer, answer, signInOptions, verifySignIn } from "../../passkeys/index.ts";
import { finishSignIn, getInteraction, uidParams } from "./interaction.ts";
import { countTry, inMinutes } from "./limits.ts";
import type { StartPage } from "./start-page.ts";

const body = z.object({ answer });
type Params = z.output<typeof uidParams>;

const MAX_CHALLENGES = 60;

/** POST /sign-in/:uid/passkey/options: a challenge for this sign-in alone, as JSON for the page's script. */
export const passkeyOptions: Route<{ Params: Params }> = {
  method: "POST",
  url: "/sign-in/:uid/passkey/options",
  schema: { params: uidParams },
  async handler(request, reply) {
    const interaction = await getInteraction(request, reply);
    const waitSeconds = await countTry(request, [{ kind: "passkey-from-ip", value: networkOf(request.ip), hits: MAX_CHALLENGES }]);
    if (waitSeconds !== null) {
      reply.header("retry-after", String(waitSeconds));
      throw new CodedError("too-many-requests", `That was tried too often. You can try again ${inMinutes(waitSeconds)}.`);
    }
    return reply.send(await signInOptions(request.server, interaction.uid));
  },
};

/** GET: who reloads a refused answer comes back to the start. */
export const reloadPasskey: Route<{ Params: Params }> = {
  method: "GET",
  url: "/sign-in/:uid/passkey",
  schema: { params: uidParams },
  handler: (request, reply) => reply.redirect(`/sign-in/${request.params.uid}`, 303),
};

/** POST /sign-in/:uid/passkey: the authenticator's answer signs in. One answer, one sign-in. */
export const signInWithPasskey = (startPage: StartPage): Route<{ Params: Params; Body: { answer: Answer } }> => ({
  method: "POST",
  url: "/sign-in/:uid/passkey",
  schema: { params: uidParams, body },
  attachValidation: true,
  async handler(request, reply) {
    const interaction = await getInteraction(request, reply);
    const verified = request.validationError
      ? { kind: "refused" as const, reason: "malformed" }
      : await verifySignIn(request.server, request.body.answer, interaction.uid);
    if (verified.kind === "verified") return finishSignIn(request, reply, verified.passkey.userId, "passkey");
    request.log.info({ reason: verified.reason }, "a passkey was refused");
    const message =
      "That passkey could not be used. It may have been removed here, or its answer came too late: try once more, or take a link.";
    return startPage(reply.code(422), interaction, { email: "", errors: [{ field: "passkey", message }] });
  },
});
