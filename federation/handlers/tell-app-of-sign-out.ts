import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type Provider from "oidc-provider";

/** The provider's own client has this; its types don't say so. */
interface ListeningClient {
  backchannelLogout(sub: string, sid: string): Promise<void>;
}

/** OpenID Connect Back-Channel Logout 1.0: posts a logout_token to a third party's app whose session has ended. Tried again until it answers 200 or 204. */
export const tellAppOfSignOut = (findProvider: () => Provider): ActivityHandler => ({
  name: "federation.tell-app-of-sign-out",
  kind: "outside",
  atOnce: 4,
  async handle({ actorId, object, details }) {
    const client = await findProvider().Client.find(String(details["clientId"]));
    if (client?.backchannelLogoutUri === undefined || actorId === null) return; // removed meanwhile, or no longer listening
    await (client as unknown as ListeningClient).backchannelLogout(String(actorId), object.id);
  },
});
