import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { UserId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply } from "fastify";
import { z } from "zod";
import { wordsOf } from "../scopes.ts";
import { getInteraction, type Interaction, type OfInteraction, uidParams } from "./interaction.ts";

const scopes = z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]);
const body = z.object({ decision: z.enum(["allow", "refuse"]), scopes });
type Params = z.output<typeof uidParams>;

const ALWAYS = "openid";

/** The page that asks whether an app may come in, and what for. Part of GET /sign-in/:uid, where the interaction's cookie is sent. */
export async function showConsent(request: OfInteraction, reply: FastifyReply, interaction: Interaction): Promise<FastifyReply> {
  const { services } = request.server;
  const [client, person] = await Promise.all([
    services.oauthClients.findClient(interaction.clientId),
    services.identity.findPerson(Number(interaction.accountId) as UserId),
  ]);
  const words = wordsOf(interaction.scopes);
  return reply.page("sign-in/consent.html", {
    interaction,
    appName: interaction.appName ?? interaction.clientId,
    owner: client?.owner ?? null,
    person,
    always: words.filter(({ scope }) => scope === ALWAYS),
    choosable: words.filter(({ scope }) => scope !== ALWAYS).map(({ scope, ...rest }) => ({ value: scope, ...rest })),
    host: new URL(interaction.redirectUri).host,
  });
}

/** GET: somebody who reloads a refused answer comes back to the question. */
export const reloadConsent: Route<{ Params: Params }> = {
  method: "GET",
  url: "/sign-in/:uid/consent",
  schema: { params: uidParams },
  handler: (request, reply) => reply.redirect(`/sign-in/${request.params.uid}`, 303),
};

/** POST /sign-in/:uid/consent: yes, to the scopes that were left chosen, or no. Either way the app is told. */
export const consent: Route<{ Params: Params; Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/sign-in/:uid/consent",
  schema: { params: uidParams, body },
  async handler(request, reply) {
    const interaction = await getInteraction(request, reply);
    if (interaction.asksFor !== "consent" || interaction.accountId === null) return reply.redirect(`/sign-in/${interaction.uid}`, 303);
    const result = request.body.decision === "allow" ? await grant(request, interaction) : REFUSED;
    const returnTo = await request.server.provider.interactionResult(request.raw, reply.raw, result, { mergeWithLastSubmission: true });
    return reply.redirect(returnTo, 303);
  },
};

const REFUSED = { error: "access_denied", error_description: "The member said no." };

/** A grant of its own each time: what was refused the last time can be allowed now, and the other way round. */
async function grant(request: { server: OfInteraction["server"]; body: z.output<typeof body> }, interaction: Interaction) {
  const { clientId, accountId } = interaction;
  const { provider } = request.server;
  const wanted = wordsOf(interaction.scopes).map(({ scope }) => scope);
  const isAllowed = (scope: string) => scope === ALWAYS || request.body.scopes.includes(scope);
  const made = new provider.Grant({ clientId, accountId: accountId ?? "" });
  made.addOIDCScope(wanted.filter(isAllowed).join(" "));
  const refused = wanted.filter((scope) => !isAllowed(scope));
  if (refused.length > 0) made.rejectOIDCScope(refused.join(" "));
  const grantId = await made.save();
  await request.server.transaction((tx) => request.server.services.oauthClients.noteLetIn(tx, Number(accountId) as UserId, clientId));
  return { consent: { grantId } };
}
