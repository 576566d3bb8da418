import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, expect, it } from "vitest";
import type { ActivityId, ClientId } from "../../shared/models/ids.ts";
import { openTestApp } from "../../tests/app.ts";
import { aMember } from "../../tests/builders/publication.ts";
import { tellAppOfSignOut } from "./tell-app-of-sign-out.ts";

const federation = await openTestApp("federation"); // DEPLOYMENT=production
let requests = 0;
const server = http.createServer((_request, response) => {
  requests += 1;
  response.end();
});
await once(server.listen(0, "127.0.0.1"), "listening");
afterAll(async () => {
  server.close();
  await federation.close();
});

it.each(["127.0.0.1", "localhost"])(
  "sends nothing to %s in production: a member can't make our server speak to machines beside it",
  async (host) => {
    const { port } = server.address() as AddressInfo; // it listens on TCP
    const ownerId = await aMember(federation.db, { handle: `ada-at-${host.replaceAll(".", "-")}` });
    const client = {
      clientId: host as ClientId,
      ownerId,
      secretHash: null,
      name: "Inside",
      redirectUris: ["https://a.example/"],
      logoutUris: [],
    };
    const backchannelUri = `http://${host}:${port}/`;
    await federation.app.transaction((tx) => federation.services.oauthClients.registerClient(tx, { ...client, backchannelUri }));
    const handler = tellAppOfSignOut(() => federation.app.provider);
    const activity = { id: 1 as ActivityId, originApp: "federation", actorId: ownerId, type: "Delete", visibility: "internal" } as const;
    const ended = { ...activity, object: { type: "AppSession", id: "sid" }, details: { clientId: host }, publishedAt: new Date() };
    if (handler.kind !== "outside") throw new Error("it reaches beyond the database");
    await expect(handler.handle(ended, AbortSignal.timeout(5000))).rejects.toThrow();
    expect(requests).toBe(0);
  },
);
