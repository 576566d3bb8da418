import type { KoaContextWithOIDC } from "oidc-provider";
import { isFirstParty } from "./clients.ts";

/**
 * What the person has granted to the client in this sign-in. Our own apps are one site: nobody is asked whether the blog
 * may know that they signed in to it. Everybody else's are granted what the page of consent says.
 */
export async function loadExistingGrant({ oidc }: KoaContextWithOIDC) {
  const { client, session, provider, result } = oidc;
  if (client === undefined || session?.accountId === undefined) return undefined;
  const grantId = result?.consent?.grantId ?? session.grantIdFor(client.clientId);
  const kept = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  if (kept !== undefined && kept.accountId === session.accountId && kept.clientId === client.clientId) return kept;
  if (!isFirstParty(client.clientId)) return undefined;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope("openid");
  await grant.save();
  return grant;
}
