import Fastify, { type FastifyInstance } from "fastify";
import { describe, expect, it } from "vitest";
import { findFreePort } from "../../../scripts/free-port.ts";
import { newDatabase } from "../../../tests/database.ts";
import { openDb } from "../db.ts";
import { health } from "./health.ts";

describe("health", () => {
  it("is well and ready while PostgreSQL answers", async () => {
    const app = await serviceOn(await newDatabase());
    expect((await app.inject("/healthz")).json()).toEqual({ app: "blog", ok: true });
    expect((await app.inject("/readyz")).json()).toEqual({ app: "blog", ready: true });
    await app.close();
  });

  it("is well but not ready while PostgreSQL is away: a restart would mend nothing", async () => {
    const app = await serviceOn(`postgres://nobody@127.0.0.1:${await findFreePort()}/none`);
    expect((await app.inject("/healthz")).statusCode).toBe(200);
    const { statusCode, payload } = await app.inject("/readyz");
    expect([statusCode, JSON.parse(payload)]).toEqual([503, { app: "blog", ready: false }]);
    await app.close();
  });

  it("is not ready while it stops, so that nothing new is sent to it", async () => {
    const app = await serviceOn(await newDatabase());
    let status = 0;
    app.addHook("preClose", async () => {
      status = (await fetch(`${address}/readyz`)).status;
    });
    const address = await app.listen({ port: 0, host: "127.0.0.1" });
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
    await app.close();
    expect(status).toBe(503);
  });
});

async function serviceOn(url: string): Promise<FastifyInstance> {
  const app = Fastify();
  const db = openDb(url);
  app.addHook("onClose", () => db.close());
  await app.register(health, { name: "blog", db });
  return app;
}
