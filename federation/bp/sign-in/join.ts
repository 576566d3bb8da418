import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { z } from "zod";
import { finishSignIn, getInteraction, uidParams } from "./interaction.ts";
import { admit, leaveInvitation, type NewcomerForm, newcomerBody, newcomerErrors, sendNewcomer } from "./newcomer.ts";

type Params = z.output<typeof uidParams>;

/** GET /sign-in/:uid/join: who proved a new address by a code says a name. */
export const showJoin: Route<{ Params: Params }> = {
  method: "GET",
  url: "/sign-in/:uid/join",
  schema: { params: uidParams },
  async handler(request, reply) {
    const interaction = await getInteraction(request, reply);
    const { verifiedEmail: email, uid } = interaction;
    if (email === null) return reply.redirect(`/sign-in/${uid}`, 303);
    return sendNewcomer(request, reply, { interaction, email, action: `/sign-in/${uid}/join`, errors: [] });
  },
};

export const join: Route<{ Params: Params; Body: NewcomerForm }> = {
  method: "POST",
  url: "/sign-in/:uid/join",
  schema: { params: uidParams, body: newcomerBody },
  attachValidation: true,
  async handler(request, reply) {
    const interaction = await getInteraction(request, reply);
    const { verifiedEmail: email, uid } = interaction;
    if (email === null) return reply.redirect(`/sign-in/${uid}`, 303);
    const errors = await newcomerErrors(request, request.validationError ? null : request.body);
    if (errors.length > 0) return sendNewcomer(request, reply.code(422), { interaction, email, action: `/sign-in/${uid}/join`, errors });
    const person = await request.server.transaction((tx) => admit(tx, request, email, request.body));
    leaveInvitation(request, reply);
    return person === null ? reply.redirect(`/sign-in/${uid}/asked`, 303) : finishSignIn(request, reply, person.userId, "link");
  },
};

/** GET /sign-in/:uid/asked: they have asked to be let in, and wait. It says nothing of who. */
export const showAsked: Route<{ Params: Params }> = {
  method: "GET",
  url: "/sign-in/:uid/asked",
  schema: { params: uidParams },
  handler: (_request, reply) => reply.page("sign-in/shut.html", { way: "asked" }),
};
