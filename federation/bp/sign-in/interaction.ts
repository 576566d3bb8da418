import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import { browserWords } from "@rose-ash/shared/infrastructure/oauth/index.ts";
import type { ProviderSessionId, UserId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { errors } from "oidc-provider";
import { z } from "zod";
import { admitFormTarget } from "../form-target.ts";

/** An interaction's name in its URLs. Its cookie, not its name, says that a browser began it. */
export const uidParams = z.object({ uid: z.string().regex(/^[\w-]{1,64}$/) });

export interface Interaction {
  uid: string;
  /** The app that the person comes from: one of the six, or a third party's. */
  clientId: string;
  /** What a third party's app calls itself; null for the six. */
  appName: string | null;
  /** What the provider needs to know: who it is, or whether the app may come in. */
  asksFor: "login" | "consent";
  /** Who is signed in at the provider already. */
  accountId: string | null;
  scopes: readonly string[];
  redirectUri: string;
  /** An address that was proved by a code; whose person has yet to say a name. */
  verifiedEmail: string | null;
}

export type OfInteraction = FastifyRequest<{ Params: z.output<typeof uidParams> }>;
const verified = z.object({ verifiedEmail: z.email() });
const asked = z.object({ client_id: z.string(), redirect_uri: z.string(), scope: z.string().default("") });

/** The interaction that this browser began under this name; null in another browser, and when it is over. */
export async function findInteraction(request: OfInteraction, reply: FastifyReply): Promise<Interaction | null> {
  const { provider } = request.server;
  try {
    const { uid, params, prompt, session, result } = await provider.interactionDetails(request.raw, reply.raw);
    if (uid !== request.params.uid) return null;
    const { client_id: clientId, redirect_uri: redirectUri, scope } = asked.parse(params);
    admitFormTarget(reply, redirectUri);
    return {
      uid,
      clientId,
      appName: (await provider.Client.find(clientId))?.clientName ?? null,
      asksFor: prompt.name === "consent" ? "consent" : "login",
      accountId: session?.accountId ?? null,
      scopes: scope.split(" "),
      redirectUri,
      verifiedEmail: verified.safeParse(result).data?.verifiedEmail ?? null,
    };
  } catch (error) {
    if (error instanceof errors.SessionNotFound) return null;
    throw error;
  }
}

/** Throws sign-in-failed in another browser, and when it is over. */
export async function getInteraction(request: OfInteraction, reply: FastifyReply): Promise<Interaction> {
  const found = await findInteraction(request, reply);
  if (found !== null) return found;
  const detail = "This sign-in is over, or it was begun in another browser. Please go back to the page you came from and sign in there.";
  throw new CodedError("sign-in-failed", detail);
}

/** Remembers an address as proved, for the page that asks the new member's name. */
export async function keepVerifiedEmail(request: FastifyRequest, reply: FastifyReply, verifiedEmail: string): Promise<void> {
  await request.server.provider.interactionResult(request.raw, reply.raw, { verifiedEmail }, { mergeWithLastSubmission: false });
}

/** RFC 8176: how somebody proved who they are; a passkey is held by them and asks for their finger or PIN. */
const AMR = { link: ["email"], passkey: ["pop", "user"] } as const;

/** Hands the person over to the provider, which goes on to the app they came from. */
export async function finishSignIn(
  request: OfInteraction,
  reply: FastifyReply,
  userId: UserId,
  how: keyof typeof AMR,
): Promise<FastifyReply> {
  const { provider, services, transaction } = request.server;
  await endOtherSignIn(request, reply, String(userId));
  const browser = browserWords(request.headers["user-agent"]);
  await transaction((tx) => services.identity.noteSignIn(tx, userId, { interactionUid: request.params.uid, browser }));
  const login = { accountId: String(userId), remember: true, amr: [...AMR[how]] };
  const returnTo = await provider.interactionResult(request.raw, reply.raw, { login }, { mergeWithLastSubmission: false });
  return reply.redirect(returnTo, 303);
}

/** Somebody else who signed in meanwhile, in another tab, is signed out of all apps: a browser belongs to one person at a time. */
async function endOtherSignIn(request: FastifyRequest, reply: FastifyReply, accountId: string): Promise<void> {
  const { provider, services, transaction } = request.server;
  const session = await provider.Session.get(provider.createContext(request.raw, reply.raw));
  if (session.accountId === undefined || session.accountId === accountId) return;
  // the provider goes on only in the session that the interaction began in, and with that session's grant: from here on it began in none
  const interaction = await provider.interactionDetails(request.raw, reply.raw);
  delete interaction.session;
  delete interaction.grantId;
  await interaction.persist();
  await transaction((tx) => services.identity.endSessions(tx, session.uid as ProviderSessionId));
}
