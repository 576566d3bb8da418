import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { ProviderSessionId, UserId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { errors } from "oidc-provider";
import { z } from "zod";

/** An interaction's name in its URLs. Its cookie, not its name, says that a browser began it. */
export const uidParams = z.object({ uid: z.string().regex(/^[\w-]{1,64}$/) });

export interface Interaction {
  uid: string;
  /** The app that the person comes from. */
  clientId: string;
  /** An address that was proved by a code; whose person has yet to say a name. */
  verifiedEmail: string | null;
}

type OfInteraction = FastifyRequest<{ Params: z.output<typeof uidParams> }>;
const verified = z.object({ verifiedEmail: z.email() });

/** The interaction that this browser began under this name; null in another browser, and when it is over. */
export async function findInteraction(request: OfInteraction, reply: FastifyReply): Promise<Interaction | null> {
  try {
    const { uid, params, result } = await request.server.provider.interactionDetails(request.raw, reply.raw);
    if (uid !== request.params.uid) return null;
    return { uid, clientId: String(params["client_id"]), verifiedEmail: verified.safeParse(result).data?.verifiedEmail ?? null };
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

/** Hands the person over to the provider, which goes on to the app they came from. */
export async function finishSignIn(request: FastifyRequest, reply: FastifyReply, userId: UserId): Promise<FastifyReply> {
  const { provider } = request.server;
  await endOtherSignIn(request, reply, String(userId));
  const login = { accountId: String(userId), remember: true, amr: ["email"] };
  const returnTo = await provider.interactionResult(request.raw, reply.raw, { login }, { mergeWithLastSubmission: false });
  return reply.redirect(returnTo, 303);
}

/** Somebody else who signed in meanwhile, in another tab, is signed out of all apps: a browser belongs to one person at a time. */
async function endOtherSignIn(request: FastifyRequest, reply: FastifyReply, accountId: string): Promise<void> {
  const { provider, services, transaction } = request.server;
  const session = await provider.Session.get(provider.createContext(request.raw, reply.raw));
  if (session.accountId === undefined || session.accountId === accountId) return;
  await transaction((tx) => services.identity.endSessions(tx, session.uid as ProviderSessionId));
}
