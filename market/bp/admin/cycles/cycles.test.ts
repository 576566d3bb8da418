import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { backOrderSendings } from "../../../../shared/models/back-orders.ts";
import type { OrderCycleId, ProductId, UserId } from "../../../../shared/models/ids.ts";
import { suppliers } from "../../../../shared/models/market.ts";
import { orderCycles, pickUps } from "../../../../shared/models/order-cycles.ts";
import { relationFacts } from "../../../../shared/models/relation-facts.ts";
import { openTestApp } from "../../../../tests/app.ts";
import { aCycleOrder, passCutOff } from "../../../../tests/builders/cycle.ts";
import { aMember } from "../../../../tests/builders/publication.ts";
import { giveRole } from "../../../../tests/builders/roles.ts";
import { aProduct, aSupplier } from "../../../../tests/builders/shop.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";
import { shifted } from "./read-draft.ts";

const market = await openTestApp("market");
const { db } = market;
afterAll(() => market.close());

const HOSTILE = "<script>alert(1)</script>";
let efua: UserId;
let cookies: Record<string, string>;
let supplierId: number;
let lentils: ProductId;

beforeAll(async () => {
  efua = await aMember(db, { handle: "efua", name: "Efua" });
  await db
    .insert(relationFacts)
    .values({ relation: "shared.role", arguments: [`user:${efua}`, "steward", "market"], assertedBy: "app:account" });
  cookies = await signedIn(market, "market", efua);
  supplierId = await aSupplier(db, { slug: "harbour", name: `Harbour ${HOSTILE}` });
  lentils = await aProduct(db, { slug: "lentils", name: `Lentils ${HOSTILE}`, supplierId, stock: 0, caseSize: 6, priceMinor: 240 });
});

const see = (path: string) => market.get(path, { cookies });
const send = (path: string, form: Record<string, string>) => market.post(path, form, { cookies });
const FORM = {
  ...{ name: `Bulk ${HOSTILE}`, note: "Together", zone: "Europe/London", opensAt: "2027-03-20T08:00", closesAt: "2027-03-28T20:00" },
  ...{ supplier: "", products: "", incompleteCase: "drop" },
  ...{
    "pickUp-0-id": "",
    "pickUp-0-place": `Hall ${HOSTILE}`,
    "pickUp-0-startsAt": "2027-04-03T10:00",
    "pickUp-0-endsAt": "14:00",
    "pickUp-0-capacity": "40",
  },
};

async function create(form: Record<string, string> = {}): Promise<OrderCycleId> {
  const { headers } = await send("/admin/cycles", { ...FORM, supplier: String(supplierId), ...form });
  const [, id] = /^\/admin\/cycles\/(\d+)\?notice=saved$/.exec(String(headers.location)) ?? [];
  return Number(id ?? expect.fail(`no cycle was made: ${headers.location}`)) as OrderCycleId;
}

/** Sends the form as its page has it, but for the name. */
async function rename(here: string, name: string) {
  const { body } = await see(`${here}/edit`);
  const typed = (field: string) => new RegExp(`name="${field}"[^>]* value="([^"]*)"`).exec(body)?.[1] ?? "";
  const kept = Object.fromEntries(["revision", "opensAt", "closesAt", "pickUp-0-id"].map((field) => [field, typed(field)]));
  return send(here, { ...FORM, ...kept, supplier: String(supplierId), name });
}

describe("a cycle's form", () => {
  it("is there for whoever may edit the shop, and for nobody else", async () => {
    const member = await signedIn(market, "market", await aMember(db, { handle: "bob" }));
    for (const path of [
      "/admin/cycles",
      "/admin/cycles/new",
      "/admin/cycles/1",
      "/admin/cycles/1/suppliers/1",
      "/admin/cycles/1/pick-ups",
    ]) {
      expect((await market.get(path)).statusCode).toBe(404);
      expect((await market.get(path, { cookies: member })).statusCode).toBe(404);
    }
    expect((await market.post("/admin/cycles", FORM, { cookies: member })).statusCode).toBe(404);
    expect(await db.$count(orderCycles)).toBe(0);
  });

  it("is for editors without the orders to suppliers and the lists of who fetches what", { timeout: 30_000 }, async () => {
    const gus = await aMember(db, { handle: "gus" });
    const editor = { relation: "shared.role", arguments: [`user:${gus}`, "editor", "market"], assertedBy: "app:account" };
    await db.insert(relationFacts).values(editor);
    const theirs = await signedIn(market, "market", gus);
    const here = `/admin/cycles/${await create()}`;
    const ada = await aMember(db, { handle: "ada-2" });
    await aCycleOrder(db, ada, [{ cycleId: Number(here.split("/").at(-1)) as OrderCycleId, productId: lentils, quantity: 6 }]);
    const page = await market.get(here, { cookies: theirs });
    expect([page.statusCode, page.body.includes("Harbour"), /\/suppliers\/|\/pick-ups/.test(page.body)]).toEqual([200, true, false]);
    const order = `${here}/suppliers/${supplierId}`;
    for (const path of [`${here}/pick-ups`, order, `${order}/order.csv`]) {
      expect((await see(path)).statusCode).toBe(200);
      expect((await market.get(path, { cookies: theirs })).statusCode).toBe(404);
    }
    for (const act of ["sending", "amendment", "arrival", "contact"])
      expect((await market.post(`${order}/${act}`, { number: "1", email: "", contact: "" }, { cookies: theirs })).statusCode).toBe(404);
  });

  it("makes a cycle whose times are those of its place, on both sides of a change of clocks", async () => {
    const id = await create();
    const [cycle] = await db.select().from(orderCycles).where(eq(orderCycles.id, id));
    expect([cycle?.opensAt.toISOString(), cycle?.closesAt.toISOString()]).toEqual(["2027-03-20T08:00:00.000Z", "2027-03-28T19:00:00.000Z"]);
    const [pickUp] = await db.select().from(pickUps).where(eq(pickUps.cycleId, id));
    expect([pickUp?.startsAt.toISOString(), pickUp?.endsAt.toISOString(), pickUp?.capacity]).toEqual([
      ...["2027-04-03T09:00:00.000Z", "2027-04-03T13:00:00.000Z"],
      40,
    ]);
    const { body } = await see(`/admin/cycles/${id}`);
    expect(body).not.toContain(HOSTILE);
    for (const words of [
      "Planned",

      "Hall &lt;script&gt;",
      "everything of Harbour &lt;script&gt;",
      "Drop its shares",
    ])
      expect(body).toContain(words);
    expect(body).toMatch(/Sunday 28 March(?: 2027)?, 20:00/);
    expect((await see("/admin/cycles")).body).toContain(`href="/admin/cycles/${id}"`);
  });

  it("can be copied: from the cut-off on, as long as it was, at the same hours", async () => {
    const id = await create();
    const { body } = await see(`/admin/cycles/new?copy=${id}`);
    const typed = (name: string) => new RegExp(`name="${name}"[^>]* value="([^"]*)"`).exec(body)?.[1];
    expect(["opensAt", "closesAt", "pickUp-0-startsAt", "pickUp-0-endsAt", "pickUp-0-id"].map(typed)).toEqual([
      ...["2027-03-28T08:00", "2027-04-05T20:00", "2027-04-11T10:00", "14:00", ""],
    ]);
    expect(body).toMatch(new RegExp(`name="supplier" value="${supplierId}" checked`));
    expect((await see("/admin/cycles/new?copy=999999")).statusCode).toBe(404);
    expect((await see("/admin/cycles/new?copy=x")).statusCode).toBe(200);
  });

  it.each([
    ["name", ""],
    ["name", "x".repeat(121)],
    ["note", "x".repeat(1001)],
    ["zone", "Mars/Olympus"],
    ["zone", "'; drop table order_cycles; --"],
    ["opensAt", "2027-02-30T08:00"],
    ["opensAt", ""],
    ["closesAt", "2027-03-20T08:00"],
    ["closesAt", "tomorrow"],
    ["products", "lentils, not-there"],
    ["pickUp-0-fee", "a lot"],
    ["pickUp-0-place", ""],
    ["pickUp-0-startsAt", "x"],
    ["pickUp-0-startsAt", "2027-03-27T10:00"],
    ["pickUp-0-endsAt", "09:00"],
    ["pickUp-0-capacity", "-1"],
    ["pickUp-0-capacity", "1e9"],
  ])("comes back when %s is %j, with what was typed and what is wrong", async (field, value) => {
    const before = await db.$count(orderCycles);
    const response = await send("/admin/cycles", { ...FORM, [field]: value });
    expect(response.statusCode).toBe(422);
    expect(response.body).toContain(`href="#field-${field}"`);
    if (field !== "name") expect(response.body).toContain('value="Bulk &lt;script&gt;');
    expect(response.body).not.toContain(HOSTILE);
    expect(await db.$count(orderCycles)).toBe(before);
  });

  it("says what is brought, where to and for how much, and shows it again", async () => {
    const id = await create({ "pickUp-0-fee": "3.5", "pickUp-0-freeFrom": "40", "pickUp-0-areas": "bd23, BD24" });
    const [made] = await db.select().from(pickUps).where(eq(pickUps.cycleId, id));
    expect(made).toMatchObject({ feeMinor: 350, freeFromMinor: 4000, areas: ["BD23", "BD24"] });
    const { body } = await see(`/admin/cycles/${id}/edit`);
    for (const value of ["3.50", "40.00", "BD23, BD24"]) expect(body).toContain(`value="${value}"`);
    const [fetched] = await db
      .select()
      .from(pickUps)
      .where(eq(pickUps.cycleId, await create()));
    expect(fetched).toMatchObject({ feeMinor: null, freeFromMinor: null, areas: [] });
  });

  it("saves what was edited, keeps pick-ups, and of two who edit says to the second that they are late", async () => {
    const id = await create();
    const [pickUp] = await db.select().from(pickUps).where(eq(pickUps.cycleId, id));
    const edit = {
      ...FORM,
      name: "Renamed",
      products: "lentils",
      revision: "1",
      "pickUp-0-id": String(pickUp?.id),
      "pickUp-0-place": "Shop",
    };
    expect((await send(`/admin/cycles/${id}`, edit)).headers.location).toBe(`/admin/cycles/${id}?notice=saved`);
    expect(await db.select({ id: pickUps.id, place: pickUps.place }).from(pickUps).where(eq(pickUps.cycleId, id))).toEqual([
      { id: pickUp?.id, place: "Shop" },
    ]);
    const late = await send(`/admin/cycles/${id}`, { ...edit, name: "Late" });
    expect([late.statusCode, late.body.includes("Somebody else changed it meanwhile"), late.body.includes('value="Late"')]).toEqual([
      409,
      true,
      true,
    ]);
    expect((await send(`/admin/cycles/${id}`, { ...edit, revision: "x" })).statusCode).toBe(409);
    expect((await send("/admin/cycles/999999", edit)).statusCode).toBe(404);
    expect((await see(`/admin/cycles/${id}/edit`)).body).toContain('value="lentils"');
  });

  it("lets go of a pick-up once nobody fetches there any more", async () => {
    const id = await create();
    const [pickUp] = await db.select().from(pickUps).where(eq(pickUps.cycleId, id));
    const orderId = await aCycleOrder(db, await aMember(db, { handle: "fetcher" }), [{ cycleId: id, productId: lentils, quantity: 1 }]);
    await db.execute(sql`insert into order_pick_ups (order_id, cycle_id, pick_up_id) values (${orderId}, ${id}, ${pickUp?.id ?? 0})`);
    const without = {
      ...FORM,
      "pickUp-0-place": "",
      "pickUp-0-startsAt": "",
      "pickUp-0-endsAt": "",
      "pickUp-0-capacity": "",
      revision: "1",
    };
    const count = () => db.$count(pickUps, eq(pickUps.cycleId, id));
    await send(`/admin/cycles/${id}`, without);
    expect(await count()).toBe(1);
    await db.execute(sql`update orders set status = 'expired' where id = ${orderId}`);
    await send(`/admin/cycles/${id}`, without);
    expect(await count()).toBe(0);
  });

  it("leaves another cycle's pick-up alone, whose id somebody sends", async () => {
    const [one, other] = [await create(), await create()];
    const [theirs] = await db.select().from(pickUps).where(eq(pickUps.cycleId, other));
    await send(`/admin/cycles/${one}`, { ...FORM, revision: "1", "pickUp-0-id": String(theirs?.id), "pickUp-0-place": "Stolen" });
    expect((await db.select({ place: pickUps.place }).from(pickUps).where(eq(pickUps.cycleId, other)))[0]?.place).not.toBe("Stolen");
  });
});

describe("a day later by the calendar", () => {
  it.each([
    ["2027-03-27T20:00:00Z", 1, "2027-03-28T19:00:00.000Z"],
    ["2026-10-24T19:00:00Z", 1, "2026-10-25T20:00:00.000Z"],
    ["2026-12-31T20:00:00Z", 14, "2027-01-14T20:00:00.000Z"],
  ])("%s and %d days is %s", (at, days, expected) => {
    expect(shifted(new Date(at), days, "Europe/London").toISOString()).toBe(expected);
  });
});

describe("a cycle, from open to done", () => {
  it("is opened and closed by hand, ordered, received and ended; nothing happens twice", async () => {
    const id = await create();
    const here = `/admin/cycles/${id}`;
    const order = `${here}/suppliers/${supplierId}`;
    expect((await send(`${here}/opening`, {})).headers.location).toContain("notice=saved");
    expect((await send(`${here}/opening`, {})).headers.location).toContain("notice=not-there-now");
    const ada = await aMember(db, { handle: "ada", name: `Ada ${HOSTILE}` });
    await aCycleOrder(db, ada, [{ cycleId: id, productId: lentils, quantity: 8 }], { reference: "RA-TEST" });
    expect((await see(order)).body).toMatch(/Still collecting.*RA-TEST.*2 do not come/s);
    expect((await send(`${order}/sending`, {})).headers.location).toContain("notice=order-not-closed");
    expect((await send(`${here}/lots/${lentils}`, { maxCases: "3", decision: "fill" })).headers.location).toContain("notice=saved");
    expect((await send(`${here}/closing`, {})).headers.location).toContain("notice=saved");
    expect((await send(`${order}/sending`, {})).headers.location).toContain("notice=order-no-address");
    for (const email of ["x", "a@b@c", `${"x".repeat(300)}@example.org`, "x@example.org\r\nBcc: y@example.org"])
      expect([422, 303]).toContain((await send(`${order}/contact`, { email, contact: "" })).statusCode);
    await send(`${order}/contact`, { email: "orders@harbour.example", contact: HOSTILE });
    expect((await see(order)).body).toContain("Ready to send");
    expect((await send(`${order}/sending`, {})).headers.location).toContain("notice=order-sent");
    expect((await send(`${order}/sending`, {})).headers.location).toContain("notice=order-sent-already");
    await db
      .update(orderCycles)
      .set({ opensAt: new Date(Date.now() - 86_400_000) })
      .where(eq(orderCycles.id, id));
    expect((await rename(here, "Renamed after it was sent")).headers.location).toBe(`${here}?notice=saved`);
    expect(await db.$count(backOrderSendings)).toBe(1);
    expect((await send(`${order}/amendment`, { number: "1" })).headers.location).toContain("notice=order-unchanged");
    const csv = await see(`${order}/order.csv`);
    expect(csv.headers["content-disposition"]).toBe(`attachment; filename="order-${id}-${supplierId}.csv"`);
    expect(csv.body).toContain(",500 g,6,2,12\r\n");
    const wrong = await send(`${order}/arrival`, { number: "1", [`pieces-${lentils}`]: "-1" });
    expect([wrong.statusCode, wrong.body.includes(`href="#field-pieces-${lentils}"`)]).toEqual([422, true]);
    expect((await send(`${order}/arrival`, { number: "1" })).statusCode).toBe(422);
    expect((await send(`${order}/arrival`, { [`pieces-${lentils}`]: "7" })).headers.location).toContain("notice=not-there-now");
    expect((await send(`${order}/arrival`, { number: "1", [`pieces-${lentils}`]: "7" })).headers.location).toContain(
      "notice=order-arrived",
    );
    expect((await send(`${order}/arrival`, { number: "1", [`pieces-${lentils}`]: "12" })).headers.location).toContain(
      "notice=not-there-now",
    );
    const short = (await see(order)).body;
    expect([short.includes("What does not come"), short.includes("Pay it back")]).toEqual([true, false]); // who looks after the shop alone
    expect((await send(`${order}/refunds`, { orders: "1" })).headers.location).toContain("notice=not-yours-to-refund");
    await giveRole(db, efua, "steward", "cart");
    const [, orderId = ""] = /name="orders" value="(\d+)"/.exec((await see(order)).body) ?? [];
    expect((await send(`${order}/refunds`, { orders: "999" })).headers.location).toContain("notice=nothing-chosen");
    expect((await send(`${order}/refunds`, { orders: orderId })).headers.location).toContain("notice=nothing-to-pay-back"); // it was paid elsewhere
    expect((await see(`${here}/pick-ups`)).body).toMatch(
      /Has not chosen a pick-up.*Ada &lt;script&gt;.*<b class="numbers">7<\/b>.*\(1 did not come\)/s,
    );
    expect((await see(here)).body).toContain("Here, to be fetched");
    expect((await send(`${here}/end`, {})).headers.location).toContain("notice=saved");
    expect((await send(`${here}/end`, {})).headers.location).toContain("notice=not-there-now");
    for (const path of [here, order, `${here}/pick-ups`, "/admin/cycles"]) expect((await see(path)).body).not.toContain(HOSTILE);
  });

  it.each(["0", "-1", "x", "1e9", "1.5"])("takes no limit of %s cases", async (maxCases) => {
    const id = await create();
    expect((await send(`/admin/cycles/${id}/lots/${lentils}`, { maxCases, decision: "" })).statusCode).toBe(400);
  });

  it("knows no order, lot or supplier that is not there", async () => {
    const id = await create();
    await passCutOff(db, id);
    for (const path of [
      `/admin/cycles/${id}/suppliers/999999`,
      `/admin/cycles/${id}/suppliers/${supplierId}/order.csv`,
      "/admin/cycles/999999/pick-ups",
      "/admin/cycles/0",
      "/admin/cycles/x",
    ])
      expect((await see(path)).statusCode).toBe(404);
    expect((await send(`/admin/cycles/${id}/suppliers/999999/contact`, { email: "", contact: "" })).statusCode).toBe(404);
    expect((await send(`/admin/cycles/${id}/lots/999999`, { maxCases: "1", decision: "" })).headers.location).toContain("not-there-now");
    expect(await db.$count(suppliers)).toBe(1);
  });
});
