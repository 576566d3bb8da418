import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { orderLines } from "../../shared/models/cart.ts";
import { userEmails } from "../../shared/models/identity.ts";
import type { OrderCycleId, ProductId, UserId } from "../../shared/models/ids.ts";
import { suppliers } from "../../shared/models/market.ts";
import { openTestApp } from "../../tests/app.ts";
import { aCycle, aCycleOrder, passCutOff } from "../../tests/builders/cycle.ts";
import { aMember } from "../../tests/builders/publication.ts";
import { aProduct, aSupplier } from "../../tests/builders/shop.ts";

const mailbox = mkdtempSync(join(tmpdir(), "rose-ash-mail-"));
const market = await openTestApp("market", { env: { DEPLOYMENT: "development", MAIL_URL: `file:${mailbox}` } });
const { app, db, services } = market;
for (const begin of app.whenServing) begin();
afterAll(() => market.close());

const HOSTILE = "<b>Lentils</b>\r\nBcc: everybody@evil.example";
interface Kept {
  to: string;
  subject: string;
  text: string;
  html: string;
  messageId?: string;
  attachments?: { filename: string; content: string }[];
}
const mails = () => readdirSync(mailbox).map((file) => JSON.parse(readFileSync(join(mailbox, file), "utf8")) as Kept);
const mailsTo = (to: string) => mails().filter((mail) => mail.to === to);
const until = (check: () => void) => vi.waitFor(check, 10_000);

let efua: UserId;
let ada: UserId;
let supplierId: number;
let lentils: ProductId;
let cycleId: OrderCycleId;

async function aBuyer(handle: string): Promise<UserId> {
  const id = await aMember(db, { handle, name: handle });
  await db.insert(userEmails).values({ email: `${handle}@example.org`, userId: id, isPrimary: true });
  return id;
}

beforeAll(async () => {
  [efua, ada] = [await aBuyer("efua"), await aBuyer("ada")];
  supplierId = await aSupplier(db, { slug: "harbour", name: "Plain Harbour" });
  await db.update(suppliers).set({ orderEmail: "orders@harbour.example", orderContact: "Meg" });
  lentils = await aProduct(db, { slug: "lentils", name: HOSTILE, supplierId, stock: 0, caseSize: 6, priceMinor: 240 });
  cycleId = await aCycle(db, { name: "Bulk order" }, { suppliers: [supplierId] });
});

describe("a price that changes while a cycle is open", { timeout: 20_000 }, () => {
  it("is told once to members who have the thing in a cart or paid for it, and to nobody else", async () => {
    await aCycleOrder(db, ada, [{ cycleId, productId: lentils, quantity: 6 }]);
    await app.transaction((tx) =>
      services.cart.addShare(tx, { kind: "member", userId: efua }, { productSlug: "lentils", quantity: 4, cycleId }),
    );
    const price = async (priceMinor: number) => {
      const { revision } = await services.shelf.getForEditing(lentils);
      await app.transaction((tx) =>
        services.shelf.editProduct(tx, { id: lentils, revision, set: { priceMinor }, follow: [], place: {}, reason: "", by: efua }),
      );
    };
    await price(260);
    await until(() => expect(mails()).toHaveLength(2));
    expect(mailsTo("efua@example.org")[0]?.text).toMatch(
      /costs £2.60 now.*In your cart \(Bulk order\): 4 at £2.40.*You pay the new price/s,
    );
    expect(mailsTo("ada@example.org")[0]?.text).toMatch(/In your order \(Bulk order\): 6, paid at £2.40. That stays/);
    expect(mailsTo("ada@example.org")[0]?.html).toContain("&lt;b&gt;Lentils");
    expect(mailsTo("ada@example.org")[0]?.subject).not.toMatch(/[\r\n]/);
    await db.execute(sql`update order_lines set unit_price_minor = 300, told_price_minor = null`);
    await price(300);
    await until(() => expect(mailsTo("efua@example.org")).toHaveLength(2)); // ada paid that very price
    expect(mailsTo("efua@example.org").some(({ text }) => /4 at £2.60/.test(text))).toBe(true);
    expect(mailsTo("ada@example.org")).toHaveLength(1);
  });
});

describe("a back-order", { timeout: 30_000 }, () => {
  it("reaches the supplier once, as text, table and file; whoever is dropped hears why and what is paid back", async () => {
    await db.update(orderLines).set({ unitPriceMinor: 240 });
    const late = await aBuyer("late");
    await aCycleOrder(db, late, [{ cycleId, productId: lentils, quantity: 2 }]);
    await passCutOff(db, cycleId);
    const order = { cycleId, supplierId, by: efua };
    await app.transaction((tx) => services.backOrders.sendBackOrder(tx, order));
    await until(() => expect(mailsTo("orders@harbour.example")).toHaveLength(1));
    const [mail] = mailsTo("orders@harbour.example");
    expect(mail).toMatchObject({ subject: "Order: Bulk order", messageId: expect.stringMatching(/^<back-order-sending-\d+@market\./) });
    expect(mail?.text).toMatch(/Hello Meg,.*1 × case of 6 {2}<b>Lentils<\/b> Bcc: everybody/s);
    expect(mail?.html).toContain("&lt;b&gt;Lentils");
    expect(mail?.attachments?.[0]?.content).toContain(",500 g,6,1,6\r\n");
    await until(() => expect(mailsTo("late@example.org")).toHaveLength(1));
    expect(mailsTo("late@example.org")[0]?.text).toMatch(/2 × .*case did not fill up/s);
    expect(mailsTo("late@example.org")[0]?.html).toContain("£6.00"); // what they paid: 2 × £3.00
    await aCycleOrder(db, late, [{ cycleId, productId: lentils, quantity: 5 }]);
    await app.transaction((tx) => services.backOrders.amendBackOrder(tx, { ...order, number: 1 }));
    await until(() => expect(mailsTo("orders@harbour.example")).toHaveLength(2));
    const amended = mailsTo("orders@harbour.example").find(({ subject }) => subject.startsWith("Amended"));
    expect(amended?.text).toMatch(/2 × case of 6.*\(before: 1\)/);
    await app.transaction((tx) =>
      services.backOrders.receiveBackOrder(tx, { ...order, number: 2, isAsSent: false, pieces: new Map([[lentils, 10]]) }),
    );
    await until(() => expect(mailsTo("late@example.org")).toHaveLength(2));
    expect(mailsTo("late@example.org").some(({ text }) => /1 × .*brought less/s.test(text))).toBe(true);
    expect([mailsTo("orders@harbour.example").length, mailsTo("ada@example.org").length]).toEqual([2, 1]);
  });
});
