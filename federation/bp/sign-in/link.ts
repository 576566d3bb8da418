import type { OpenedLink } from "@rose-ash/shared/contracts/identity.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { hashToken } from "@rose-ash/shared/infrastructure/keys/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { findInteraction, finishSignIn, getInteraction, type Interaction, uidParams } from "./interaction.ts";
import { admit, leaveInvitation, type NewcomerForm, newcomerBody, newcomerErrors, sendNewcomer } from "./newcomer.ts";
import { codeOf } from "./secrets.ts";

const params = uidParams.extend({ token: z.string().max(100) });
const body = newcomerBody.optional(); // a member presses the button alone
type Params = z.output<typeof params>;

/**
 * GET: says what the link would do, and never does it: mail scanners follow links. In the browser that asked for it there
 * is a button; in another one, the code to type where the sign-in began.
 */
export const showLink: Route<{ Params: Params }> = {
  method: "GET",
  url: "/sign-in/:uid/link/:token",
  schema: { params },
  async handler(request, reply) {
    const opened = await openLink(request);
    if (opened.kind === "spent") return showSpent(reply);
    const interaction = await findInteraction(request, reply);
    if (interaction === null) return reply.page("sign-in/code.html", { code: spaced(codeOf(request.server, request.params.token)) });
    return showButton(request, reply, { interaction, opened, errors: [] });
  },
};

/** POST: spends the link and signs in; who is new here says a name and becomes a member, or asks to be one. */
export const redeemLink: Route<{ Params: Params; Body: NewcomerForm | undefined }> = {
  method: "POST",
  url: "/sign-in/:uid/link/:token",
  schema: { params, body },
  attachValidation: true,
  async handler(request, reply) {
    const interaction = await getInteraction(request, reply);
    const opened = await openLink(request);
    if (opened.kind === "spent") return showSpent(reply);
    const { person: known } = opened;
    const form = request.validationError ? null : (request.body ?? null);
    const errors = known === null ? await newcomerErrors(request, form) : [];
    if (errors.length > 0) return showButton(request, reply.code(422), { interaction, opened, errors });
    const { services, transaction, runtime } = request.server;
    const came = await transaction(async (tx) => {
      const redeemed = await services.identity.redeemLink(tx, hashToken(request.params.token), runtime.clock.now());
      if (redeemed.kind !== "redeemed") return "spent";
      if (known !== null) return services.identity.welcome(tx, redeemed.email, known.name);
      return form === null ? "spent" : admit(tx, request, redeemed.email, form);
    });
    if (came === "spent") return showSpent(reply);
    if (known === null) leaveInvitation(request, reply);
    return came === null ? reply.redirect(`/sign-in/${interaction.uid}/asked`, 303) : finishSignIn(request, reply, came.userId, "link");
  },
};

/** A link is good only under the interaction that it was made for. */
async function openLink({ server, params: { uid, token } }: FastifyRequest<{ Params: Params }>): Promise<OpenedLink> {
  const opened = await server.services.identity.openSignInLink(hashToken(token), server.runtime.clock.now());
  return opened.kind === "open" && opened.interactionUid === uid ? opened : { kind: "spent" };
}

const spaced = (code: string) => `${code.slice(0, 4)} ${code.slice(4)}`;

function showSpent(reply: FastifyReply): Promise<FastifyReply> {
  return reply.code(410).page("sign-in/spent.html", {});
}

interface Shown {
  interaction: Interaction;
  opened: OpenedLink & { kind: "open" };
  errors: { field: string; message: string }[];
}

function showButton(request: FastifyRequest<{ Params: Params }>, reply: FastifyReply, { interaction, opened, errors }: Shown) {
  const { person, email } = opened;
  const action = `/sign-in/${interaction.uid}/link/${request.params.token}`;
  if (person !== null) return reply.page("sign-in/link.html", { interaction, person, email, action });
  return sendNewcomer(request, reply, { interaction, email, action, errors });
}
