import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { finishSignIn, getInteraction, keepVerifiedEmail, uidParams } from "./interaction.ts";
import { hashCode, typedCode } from "./secrets.ts";

const body = z.object({ code: typedCode });

/** GET: where the form that was given back stands in the address bar; reloading it shows the form. */
export const reloadCode: Route<{ Params: z.output<typeof uidParams> }> = {
  method: "GET",
  url: "/sign-in/:uid/code",
  schema: { params: uidParams },
  handler: (request, reply) => reply.redirect(`/sign-in/${request.params.uid}/sent`, 303),
};

/** POST /sign-in/:uid/code: the code that the link showed in another browser. Five wrong ones end the link. */
export const redeemCode: Route<{ Params: z.output<typeof uidParams>; Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/sign-in/:uid/code",
  schema: { params: uidParams, body },
  attachValidation: true,
  async handler(request, reply) {
    const interaction = await getInteraction(request, reply);
    const again = (message: string) => reply.code(422).page("sign-in/sent.html", { interaction, errors: [{ field: "code", message }] });
    if (request.validationError) return again("The code has eight letters, such as BCDF GHJK.");
    const { services, transaction, runtime } = request.server;
    const codeHash = hashCode(request.server, interaction.uid, request.body.code);
    const redeemed = await transaction((tx) => services.identity.redeemCode(tx, interaction.uid, codeHash, runtime.clock.now()));
    if (redeemed.kind === "spent") return again("There is no link under way any more. Please ask for a new one.");
    if (redeemed.kind === "wrong-code") return again(wrongCode(redeemed.attemptsLeft));
    const person = await services.identity.findPersonByEmail(redeemed.email);
    if (person === null) {
      await keepVerifiedEmail(request, reply, redeemed.email);
      return reply.redirect(`/sign-in/${interaction.uid}/join`, 303);
    }
    await transaction((tx) => services.identity.welcome(tx, redeemed.email, person.name)); // the address is proved now
    return finishSignIn(request, reply, person.userId, "link");
  },
};

function wrongCode(left: number): string {
  if (left === 0) return "That was not the code, for the fifth time. The link is void now; please ask for a new one.";
  return `That is not the code on the link's page. You can try ${left === 1 ? "once" : `${left} times`} more.`;
}
