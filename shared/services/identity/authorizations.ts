import { and, eq, inArray, isNotNull, isNull, not, or } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import { oidcPayloads } from "../../models/identity.ts";
import type { ClientId, ProviderSessionId, UserId } from "../../models/ids.ts";
import { oauthClients } from "../../models/oauth-clients.ts";

/** An app of the session: its name for the session, and the grant. isLasting: the member let it stay connected. */
export interface Authorization {
  clientId: string;
  sid: string | null;
  grantId: string | null;
  isLasting: boolean;
}

/** oidc-provider keeps in its session, under `authorizations`, what each client was granted; `persistsLogout` says offline_access. */
export function authorizationsOf(payload: Record<string, unknown> | undefined): Authorization[] {
  const entries: Record<string, { sid?: unknown; grantId?: unknown; persistsLogout?: unknown }> = {
    ...(payload?.["authorizations"] ?? {}),
  };
  const text = (value: unknown) => (typeof value === "string" ? value : null);
  return Object.entries(entries).map(([clientId, { sid, grantId, persistsLogout }]) => ({
    clientId,
    sid: text(sid),
    grantId: text(grantId),
    isLasting: persistsLogout === true,
  }));
}

/** Ends what the session gave to apps: their grants, codes and tokens; not those of apps that the member let stay connected. */
export async function endGrants(tx: Tx, providerSession: ProviderSessionId, authorizations: readonly Authorization[]): Promise<void> {
  const idsOf = (isLasting: boolean) =>
    authorizations.filter((one) => one.isLasting === isLasting).flatMap(({ grantId }) => (grantId === null ? [] : [grantId]));
  const [ended, lasting] = [idsOf(false), idsOf(true)];
  const isLasting = inArray(oidcPayloads.grantId, lasting);
  const ofSession = and(eq(oidcPayloads.sessionUid, providerSession), or(isNull(oidcPayloads.grantId), not(isLasting)));
  const ofGrants = or(inArray(oidcPayloads.grantId, ended), and(eq(oidcPayloads.kind, "Grant"), inArray(oidcPayloads.id, ended)));
  await tx.delete(oidcPayloads).where(or(ofSession, ofGrants));
}

/** Third parties' apps that want to know of the sign-out are told of it, after the commit and as often as it takes. */
export async function tellApps(tx: Tx, userId: UserId, authorizations: readonly Authorization[]): Promise<void> {
  const clientIds = authorizations.map(({ clientId }) => clientId as ClientId);
  const wantsToKnow = and(inArray(oauthClients.id, clientIds), isNotNull(oauthClients.backchannelUri));
  const listening = clientIds.length === 0 ? [] : await tx.select({ id: oauthClients.id }).from(oauthClients).where(wantsToKnow);
  for (const { clientId, sid } of authorizations) {
    if (sid === null || !listening.some(({ id }) => id === clientId)) continue;
    const object = { type: "AppSession", id: sid };
    await emitActivity(tx, { originApp: "federation", actorId: userId, type: "Delete", object, details: { clientId } });
  }
}
