import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { hashToken, randomToken } from "@rose-ash/shared/infrastructure/keys/index.ts";
import type { ClientId } from "@rose-ash/shared/models/ids.ts";
import { personOf } from "../sign-in.ts";
import type { TestSite } from "../site.ts";

/** An app of somebody else: a server on the loopback that answers every address, registered by Carys. */
export interface ThirdParty {
  clientId: ClientId;
  /** Empty for a public client. */
  secret: string;
  redirectUri: string;
  logoutUri: string;
  origin: string;
  close(): void;
}

/** isPublic: without a secret. */
export async function aThirdParty(site: TestSite, { isPublic = false } = {}): Promise<ThirdParty> {
  const server = http.createServer((_request, response) => void response.end("back at the app"));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on TCP
  const secret = isPublic ? "" : randomToken();
  const clientId = `app-${randomToken().slice(0, 12)}` as ClientId;
  const { userId: ownerId } = await personOf(site, "carys");
  const [redirectUri, logoutUri] = [`${origin}/callback`, `${origin}/bye`];
  const details = { name: "Bread Diary", redirectUris: [redirectUri], logoutUris: [logoutUri], backchannelUri: null };
  const secretHash = isPublic ? null : hashToken(secret);
  await site.db.transaction((tx) => site.services.oauthClients.registerClient(tx, { clientId, ownerId, secretHash, ...details }));
  return { clientId, secret, redirectUri, logoutUri, origin, close: () => void server.close().closeAllConnections() };
}
