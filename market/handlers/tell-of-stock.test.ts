import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { userEmails } from "../../shared/models/identity.ts";
import type { ProductId, UserId } from "../../shared/models/ids.ts";
import { stockAlerts } from "../../shared/models/stock-alerts.ts";
import { openTestApp } from "../../tests/app.ts";
import { aMember } from "../../tests/builders/publication.ts";
import { aProduct } from "../../tests/builders/shop.ts";
import { signedIn } from "../../tests/builders/signed-in.ts";

const mailbox = mkdtempSync(join(tmpdir(), "rose-ash-mail-"));
const market = await openTestApp("market", { env: { DEPLOYMENT: "development", MAIL_URL: `file:${mailbox}` } });
const { app, db, services } = market;
for (const begin of app.whenServing) begin();
afterAll(() => market.close());

let ada: UserId;
let rye: ProductId;
let cookies: Record<string, string>;
beforeAll(async () => {
  ada = await aMember(db, { handle: "ada", name: "Ada" });
  await db.insert(userEmails).values({ email: "ada@example.org", userId: ada, isPrimary: true }).onConflictDoNothing();
  cookies = await signedIn(market, "market", ada);
  rye = await aProduct(db, { slug: "rye", name: "Rye", stock: 0 });
});

const ask = (isAwaited: "yes" | "no", asked: object = { cookies }) => market.post("/products/rye/stock-alert", { isAwaited }, asked);
const count = (counted: number) => app.transaction((tx) => services.shelf.takeStock(tx, { id: rye, counted, reason: "", by: ada }));
const mails = () => readdirSync(mailbox).map((file) => readFileSync(join(mailbox, file), "utf8"));

describe("a product that was sold out", { timeout: 20_000 }, () => {
  it("offers a mail, to be taken back, and asks a guest to sign in first", async () => {
    expect((await market.get("/products/rye")).body).toContain("Tell me when it is back");
    expect((await ask("yes", {})).headers.location).toBe("/auth/login?next=%2Fproducts%2Frye");
    expect((await ask("yes")).statusCode).toBe(303);
    expect((await ask("yes")).statusCode).toBe(303);
    expect((await market.get("/products/rye", { cookies })).body).toContain("No longer tell me");
    await ask("no");
    expect(await db.$count(stockAlerts)).toBe(0);
  });

  it("tells whoever waits once, when there is more of it", async () => {
    await ask("yes");
    await count(4);
    await vi.waitFor(() => expect(mails()).toHaveLength(1), 10_000);
    expect(mails()[0]).toContain("Rye is back");
    await vi.waitFor(async () => expect(await db.$count(stockAlerts)).toBe(0), 5_000);
    await count(0);
    await count(5);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(mails()).toHaveLength(1);
  });
});
