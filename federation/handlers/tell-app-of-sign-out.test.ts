import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { createLocalJWKSet, decodeJwt, jwtVerify } from "jose";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { apActivities } from "../../shared/models/federation.ts";
import { oidcPayloads } from "../../shared/models/identity.ts";
import type { ClientId, ProviderSessionId, UserId } from "../../shared/models/ids.ts";
import { openTestApp } from "../../tests/app.ts";
import { until } from "../../tests/builders/outbox.ts";
import { aMember } from "../../tests/builders/publication.ts";

const federation = await openTestApp("federation", { env: { DEPLOYMENT: "development" } });
const { app, db, services } = federation;
const received: string[] = [];
let statuses: number[] = [];
const server = http.createServer(async (request, response) => {
  received.push(new URLSearchParams(await text(request)).get("logout_token") ?? "");
  response.writeHead(statuses.shift() ?? 200).end();
});
await once(server.listen(0, "127.0.0.1"), "listening");
const backchannelUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/told`; // it listens on TCP
for (const begin of app.whenServing) begin();
afterAll(async () => {
  server.close();
  await federation.close();
});

let ada: UserId;
beforeEach(async () => {
  received.length = 0;
  statuses = [];
  await db.execute("delete from users");
  ada = await aMember(db, { handle: "ada", name: "Ada" });
  for (const [name, address] of [
    ["listening", backchannelUri],
    ["deaf", null],
  ] as const) {
    const client = {
      clientId: name as ClientId,
      ownerId: ada,
      secretHash: null,
      name,
      redirectUris: ["https://app.example/cb"],
      logoutUris: [],
    };
    await app.transaction((tx) => services.oauthClients.registerClient(tx, { ...client, backchannelUri: address }));
  }
});

/** Ends a session of the provider at which these apps are known. */
async function signOut(authorizations: Record<string, object>): Promise<void> {
  const uid = `session-${Math.random()}` as ProviderSessionId;
  const payload = { accountId: String(ada), authorizations };
  await db.insert(oidcPayloads).values({ kind: "Session", id: uid, uid, payload, expiresAt: new Date(Date.now() + 3_600_000) });
  await app.transaction((tx) => services.identity.endSessions(tx, uid));
}

describe("back-channel logout, OpenID Connect", () => {
  it("tells the apps that want to know, by a token that they can check, and nobody else", async () => {
    await signOut({ blog: { sid: "sid-blog" }, deaf: { sid: "sid-deaf" }, listening: { sid: "sid-1" }, gone: { sid: "x" } });
    await until(async () => received.length > 0);
    const keys = createLocalJWKSet(JSON.parse((await federation.get("/oauth/jwks")).body));
    const { payload } = await jwtVerify(received[0] ?? "", keys, { issuer: federation.origin, audience: "listening" });
    const events = { "http://schemas.openid.net/event/backchannel-logout": {} };
    expect(payload).toMatchObject({ sub: String(ada), sid: "sid-1", events, jti: expect.any(String) });
    expect(payload).not.toHaveProperty("nonce");
    expect(received).toHaveLength(1);
  });

  it("tries again when the app is not well", { timeout: 20_000 }, async () => {
    statuses = [500];
    await signOut({ listening: { sid: "sid-2" } });
    await until(async () => received.length > 1);
    expect(received.map((token) => decodeJwt(token)["sid"])).toEqual(["sid-2", "sid-2"]);
  });

  it("says nothing where nobody listens, and nothing of a session that was ended before", async () => {
    await db.delete(apActivities);
    await signOut({ deaf: { sid: "s" }, blog: { sid: "t" }, listening: {} });
    expect(await db.$count(apActivities)).toBe(0);
    await signOut({});
    expect(await db.$count(apActivities)).toBe(0);
  });
});
