import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp, type TestApp } from "../../../tests/app.ts";
import { signedIn } from "../../../tests/builders/signed-in.ts";
import type { UserId } from "../../models/ids.ts";
import { adminOnly } from "./index.ts";

describe("what lies under /admin", () => {
  let market: TestApp;
  beforeAll(async () => {
    market = await openTestApp("market", { seeded: true });
    market.app.get("/admin/scales", { onRequest: adminOnly("operate") }, async () => ({ scales: 2 }));
    market.app.get("/admin/safe", { onRequest: adminOnly("grant-roles") }, async () => ({ gold: 1 }));
  });
  afterAll(() => market.close());

  const statusFor = async (handle: string, path: string) => {
    const person = (await market.services.identity.listPeople()).find((one) => one.handle === handle);
    if (person === undefined) throw new Error(`nobody is called ${handle}`);
    const { statusCode } = await market.get(path, { cookies: await signedIn(market, "market", person.userId) });
    return statusCode;
  };

  it("is there for an admin of the site", async () => {
    expect(await statusFor("ada", "/admin/scales")).toBe(200);
    expect(await statusFor("ada", "/admin/safe")).toBe(200);
  });

  it("is there for a steward of this service as far as stewards may", async () => {
    expect(await statusFor("efua", "/admin/scales")).toBe(200);
    expect(await statusFor("efua", "/admin/safe")).toBe(404);
  });

  it("begins with who one is and what one may do", async () => {
    const { userId } = (await market.services.identity.listPeople()).find((one) => one.handle === "efua") ?? { userId: 0 as UserId };
    const { body } = await market.get("/admin", { cookies: await signedIn(market, "market", userId) });
    expect(body).toContain("Efua Mensah");
    expect(body).toContain("state facts");
    expect(body).not.toContain("give and take roles");
  });

  it("is nothing to a steward of another service, to a member and to a guest", async () => {
    expect(await statusFor("dov", "/admin/scales")).toBe(404);
    expect(await statusFor("grace", "/admin/scales")).toBe(404);
    const asGuest = await market.get("/admin/scales");
    const nothing = await market.get("/admin/nothing-at-all");
    expect(asGuest.statusCode).toBe(404);
    const withoutIds = (html: string) => html.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "").replaceAll(/\/admin\/[a-z-]+/g, "");
    expect(withoutIds(asGuest.body)).toBe(withoutIds(nothing.body));
  });
});
