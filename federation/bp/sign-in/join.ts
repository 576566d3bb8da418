import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply } from "fastify";
import { z } from "zod";
import { finishSignIn, getInteraction, type Interaction, uidParams } from "./interaction.ts";
import { nameError, newName, typedName } from "./name.ts";

const body = z.object({ name: newName });
type Params = z.output<typeof uidParams>;

/** GET /sign-in/:uid/join: who proved a new address by a code says a name. */
export const showJoin: Route<{ Params: Params }> = {
  method: "GET",
  url: "/sign-in/:uid/join",
  schema: { params: uidParams },
  async handler(request, reply) {
    const interaction = await getInteraction(request, reply);
    return interaction.verifiedEmail === null
      ? reply.redirect(`/sign-in/${interaction.uid}`, 303)
      : showForm(reply, interaction, { name: "", errors: [] });
  },
};

export const join: Route<{ Params: Params; Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/sign-in/:uid/join",
  schema: { params: uidParams, body },
  attachValidation: true,
  async handler(request, reply) {
    const interaction = await getInteraction(request, reply);
    const { verifiedEmail } = interaction;
    if (verifiedEmail === null) return reply.redirect(`/sign-in/${interaction.uid}`, 303);
    if (request.validationError)
      return showForm(reply.code(422), interaction, { name: typedName(request.body), errors: [nameError(request.body)] });
    const { services, transaction } = request.server;
    const person = await transaction((tx) => services.identity.welcome(tx, verifiedEmail, request.body.name));
    return finishSignIn(request, reply, person.userId, "link");
  },
};

function showForm(reply: FastifyReply, interaction: Interaction, form: { name: string; errors: object[] }): Promise<FastifyReply> {
  return reply.page("sign-in/join.html", {
    interaction,
    email: interaction.verifiedEmail,
    action: `/sign-in/${interaction.uid}/join`,
    ...form,
  });
}
