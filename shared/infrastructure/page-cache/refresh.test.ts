import Fastify from "fastify";
import { expect, it } from "vitest";
import { isRefresh, refresh } from "./refresh.ts";

it("asks for a page under the name that its reader used, whatever a proxy in between calls the service", async () => {
  const asked: string[] = [];
  const app = Fastify({ trustProxy: true });
  app.get("/products", async (request) => {
    asked.push(`${request.host} ${isRefresh(request) ? "refresh" : "visit"}`);
    if (!isRefresh(request)) await refresh(app, request);
    return "a page";
  });
  await app.inject({ url: "/products", headers: { host: "market:8002", "x-forwarded-host": "market.rose-ash.example" } });
  await app.close();
  expect(asked).toEqual(["market.rose-ash.example visit", "market.rose-ash.example refresh"]);
});
