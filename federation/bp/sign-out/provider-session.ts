import type { ProviderSessionId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";

/** The provider's session of this browser; null when nobody is signed in with it. */
export async function findProviderSession(request: FastifyRequest, reply: FastifyReply): Promise<ProviderSessionId | null> {
  const { provider } = request.server;
  const session = await provider.Session.get(provider.createContext(request.raw, reply.raw));
  return session.accountId === undefined ? null : (session.uid as ProviderSessionId);
}
