import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { userEmails } from "../../shared/models/identity.ts";
import type { UserId } from "../../shared/models/ids.ts";
import { openTestApp, type TestApp } from "../../tests/app.ts";
import { aMerchant, aPerson, aPlacedOrder } from "../../tests/builders/payments.ts";
import { aProduct } from "../../tests/builders/shop.ts";

const mailbox = mkdtempSync(join(tmpdir(), "rose-ash-order-mail-"));
interface Kept {
  to: string;
  subject: string;
  text: string;
  html: string;
  messageId: string;
  attachments?: { filename: string; contentType: string; content: string; encoding: string }[];
}
const subjectsTo = (to: string) =>
  mailsTo(to)
    .map(({ subject }) => subject.replace(/ \(.*/, ""))
    .toSorted();
const mailsTo = (to: string) =>
  readdirSync(mailbox)
    .filter((name) => name.endsWith(".json"))
    .map((file) => JSON.parse(readFileSync(join(mailbox, file), "utf8")) as Kept)
    .filter((mail) => mail.to === to);

let cart: TestApp;
let ada: UserId;
beforeAll(async () => {
  cart = await openTestApp("cart", { env: { DEPLOYMENT: "development", MAIL_URL: `file:${mailbox}` } });
  await aMerchant(cart.db);
  await aProduct(cart.db, {
    slug: "rye",
    name: "<b>Rye</b>\r\nBcc: everybody@evil.example",
    priceMinor: 420,
    stock: 50,
    vatClass: "standard",
  });
  ada = await aPerson(cart.db);
  await cart.db.insert(userEmails).values({ email: "ada@example.org", userId: ada, isPrimary: true });
  for (const begin of cart.app.whenServing) begin();
});
afterAll(async () => {
  await cart.close();
  rmSync(mailbox, { recursive: true });
});

describe("mails about an order", { timeout: 30_000 }, () => {
  it("go to its buyer once for each step, with the receipt, under a Message-ID of that step", async () => {
    const { orderId, reference } = await aPlacedOrder(cart, { rye: 2 }, { kind: "member", userId: ada });
    const { payments, orders } = cart.services;
    await vi.waitFor(() => expect(mailsTo("ada@example.org")).toHaveLength(1), 10_000);
    const [placed] = mailsTo("ada@example.org");
    expect(placed).toMatchObject({
      subject: `We have your order (${reference})`,
      messageId: `<order-${orderId}-placed@cart.rose-ash.localhost>`,
    });
    expect(placed?.text).toMatch(/Kept until \d\d:\d\d\. If you have not paid yet.*\/orders\//s);
    expect(placed).not.toHaveProperty("attachments");
    await cart.app.transaction((tx) => payments.payByHand(tx, { orderId, kind: "cash", by: ada, paidAt: new Date() }));
    await vi.waitFor(() => expect(mailsTo("ada@example.org")).toHaveLength(2), 20_000);
    const receipt = mailsTo("ada@example.org").find(({ subject }) => subject.includes("is paid"));
    expect(receipt).toMatchObject({
      subject: `Your order is paid (${reference})`,
      messageId: `<order-${orderId}-paid@cart.rose-ash.localhost>`,
    });
    for (const words of ["Receipt ", "£8.40", "VAT of £8.40: £1.40", `/orders/${reference}`]) expect(receipt?.text).toContain(words);
    expect(receipt?.html).toContain("&lt;b&gt;Rye&lt;/b&gt;");
    const [paper] = receipt?.attachments ?? [];
    expect(paper).toMatchObject({
      filename: `receipt-${new Date().getUTCFullYear()}-1.pdf`,
      contentType: "application/pdf",
      encoding: "base64",
    });
    expect(
      Buffer.from(paper?.content ?? "", "base64")
        .subarray(0, 5)
        .toString(),
    ).toBe("%PDF-");
    expect(receipt?.text).not.toMatch(/^Bcc/m);
    await cart.app.transaction((tx) => orders.move(tx, orderId, "preparing", ada)); // nobody has to know
    await cart.app.transaction((tx) => orders.move(tx, orderId, "ready", ada));
    const wish = {
      orderId,
      amountMinor: 100,
      reason: "goodwill" as const,
      note: "",
      by: ada,
      requestKey: "once",
      way: "as-it-came" as const,
    };
    await cart.app.transaction((tx) => payments.requestRefund(tx, wish));
    await vi.waitFor(() => expect(mailsTo("ada@example.org")).toHaveLength(4), 20_000);
    expect(subjectsTo("ada@example.org")).toEqual([
      "We have your order",
      "Your order is paid",
      "Your order is ready",
      "£1.00 went back to you",
    ]);
    expect(new Set(mailsTo("ada@example.org").map(({ messageId }) => messageId)).size).toBe(4);
    const back = mailsTo("ada@example.org").find(({ subject }) => subject.includes("went back"));
    expect([back?.text.includes("Went back  £1.00"), back?.attachments?.length]).toEqual([true, 1]);
  });

  it("reach a guest at the address they gave", async () => {
    const { orderId } = await aPlacedOrder(cart, { rye: 1 });
    await cart.app.transaction((tx) => cart.services.payments.payByHand(tx, { orderId, kind: "bank", by: ada, paidAt: new Date() }));
    await vi.waitFor(() => expect(subjectsTo("guest@example.org")).toContain("Your order is paid"), 20_000);
  });

  it("go without the receipt where it can't be printed, and lead to it", async () => {
    const { print } = cart.app.receipts;
    cart.app.receipts.print = () => Promise.reject(new Error("no paper"));
    const bilal = await aPerson(cart.db);
    await cart.db.insert(userEmails).values({ email: "bilal@example.org", userId: bilal, isPrimary: true });
    const { orderId, reference } = await aPlacedOrder(cart, { rye: 1 }, { kind: "member", userId: bilal });
    await cart.app.transaction((tx) => cart.services.payments.payByHand(tx, { orderId, kind: "cash", by: ada, paidAt: new Date() }));
    await vi.waitFor(() => expect(subjectsTo("bilal@example.org")).toContain("Your order is paid"), 20_000);
    cart.app.receipts.print = print;
    const paid = mailsTo("bilal@example.org").find(({ subject }) => subject.includes("is paid"));
    expect([paid?.attachments, paid?.text.includes(`/orders/${reference}`)]).toEqual([undefined, true]);
  });
});
