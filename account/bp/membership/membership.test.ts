import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OrderId, UserId } from "../../../shared/models/ids.ts";
import { dues, groups, memberships } from "../../../shared/models/membership.ts";
import { relationFacts } from "../../../shared/models/relation-facts.ts";
import { openTestApp } from "../../../tests/app.ts";
import { aMerchant } from "../../../tests/builders/payments.ts";
import { aMember } from "../../../tests/builders/publication.ts";
import { giveRole } from "../../../tests/builders/roles.ts";
import { signedIn } from "../../../tests/builders/signed-in.ts";

const account = await openTestApp("account");
afterAll(() => account.close());
const { db, services, app } = account;

let [ada, bilal, dov]: UserId[] = [];
let cookies: Record<"ada" | "bilal" | "dov", Record<string, string>>;

beforeAll(async () => {
  const admin = await aMember(db, { handle: "ada", name: "Ada" });
  const member = await aMember(db, { handle: "bilal", name: `Bilal <img src=x onerror=alert(1)>` });
  const steward = await aMember(db, { handle: "dov", name: "Dov" });
  [ada, bilal, dov] = [admin, member, steward];
  await giveRole(db, admin, "admin", "site");
  await giveRole(db, steward, "steward", "account");
  const [one, two, three] = await Promise.all([admin, member, steward].map((id) => signedIn(account, "account", id)));
  cookies = { ada: one ?? {}, bilal: two ?? {}, dov: three ?? {} };
  await aMerchant(db);
}, 60_000);

const as = (who: keyof typeof cookies) => ({ cookies: cookies[who] });
const id = (value: UserId | undefined) => value ?? expect.fail("nobody");

async function aGroup(slug: string, more: Partial<typeof groups.$inferInsert> = {}): Promise<number> {
  const [made] = await db
    .insert(groups)
    .values({ slug, name: `The ${slug}`, door: "open", ...more })
    .returning({ id: groups.id });
  return made?.id ?? expect.fail();
}
const gives = (slug: string, role: string, scope: string) =>
  db
    .insert(relationFacts)
    .values({ relation: "shared.group_role", arguments: [slug, role, scope], assertedBy: "app:account", reason: "for a test" });
const membershipOf = async (userId: UserId | undefined, slug: string) => {
  const all = await services.membership.listOwn(id(userId));
  return all.find(({ group }) => group.slug === slug);
};
const join = (who: keyof typeof cookies, group: number) => account.post("/membership/groups", { group: String(group) }, as(who));
const putIn = (slug: string, handle: string, by: keyof typeof cookies) => account.post(`/admin/groups/${slug}/people`, { handle }, as(by));

describe("groups", { timeout: 60_000 }, () => {
  it("are joined by oneself, by asking, or not at all", async () => {
    const [open, asked, closed] = [
      await aGroup("bakers"),
      await aGroup("drivers", { door: "asked" }),
      await aGroup("board", { door: "closed" }),
    ];
    expect((await join("bilal", open)).headers.location).toContain("group-joined");
    expect((await join("bilal", open)).headers.location).toContain("group-already");
    expect((await join("bilal", asked)).headers.location).toContain("group-asked");
    expect((await join("bilal", closed)).headers.location).toContain("group-closed");
    expect((await join("bilal", 4711)).statusCode).toBe(404);
    const { body } = await account.get("/membership", as("bilal"));
    expect(body).toMatch(/The bakers.*The drivers.*You have asked/s);
    expect(body).not.toContain("The board");
    expect((await account.get("/admin/groups/drivers", as("dov"))).body).toMatch(/Who asks to get in.*Bilal &lt;img/s);
    await putIn("drivers", "bilal", "dov");
    expect((await membershipOf(bilal, "drivers"))?.state).toBe("member");
  });

  it("are known to the rules as what they are part of", async () => {
    const makers = await aGroup("makers");
    await aGroup("potters", { partOfId: makers as never });
    await putIn("potters", "bilal", "dov");
    const isIn = (group: string) => services.relations.holds({ relation: "shared.member", values: [`user:${id(bilal)}`, group] });
    expect([await isIn("potters"), await isIn("makers"), await isIn("board")]).toEqual([true, true, false]);
    await db.update(groups).set({ archivedAt: new Date() }).where(eq(groups.slug, "potters"));
    expect(await isIn("makers")).toBe(false);
  });

  it("can't be part of themselves", async () => {
    const [one, two] = [await aGroup("hens"), await aGroup("eggs")];
    const save = (slug: string, partOf: number) =>
      account.post(`/admin/groups/${slug}`, { name: slug, door: "open", partOf: String(partOf), version: "1" }, as("dov"));
    expect((await save("eggs", one)).statusCode).toBe(303);
    expect((await save("hens", two)).body).toContain("It would be part of itself");
    expect((await save("hens", one)).statusCode).toBe(422);
  });

  it("saved by two, show the second what the first one changed", async () => {
    await aGroup("walkers");
    const save = (name: string, version: string) => account.post("/admin/groups/walkers", { name, door: "open", version }, as("dov"));
    expect((await save("Hikers", "1")).statusCode).toBe(303);
    const second = await save("Ramblers", "1");
    expect(second.statusCode).toBe(409);
    expect(second.body).toMatch(/Somebody else saved this.*Hikers.*Ramblers/s);
  });

  it.each([
    [{ name: "" }, "of 1 to 80 characters"],
    [{ name: "Bakers\nBcc: x" }, "of 1 to 80 characters"],
    [{ name: "coop" }, "rules could not tell it"],
    [{ name: "☃" }, "rules could not tell it"],
    [{ name: "Nobody", duesPeriod: "year", dues: "-5" }, "An amount in pounds"],
    [{ name: "Nobody", duesPeriod: "year", dues: "1e9" }, "An amount in pounds"],
    [{ name: "Nobody", duesPeriod: "year", dues: "0" }, "An amount in pounds"],
    [{ name: "Nobody", partOf: "1; drop table groups" }, "Choose a group of the list"],
  ])("refuses %j", async (change, words) => {
    const { statusCode, body } = await account.post("/admin/groups", { door: "open", ...change }, as("dov"));
    expect([statusCode, body.includes(words)]).toEqual([422, true]);
  });
});

describe("rights that come with a group", { timeout: 60_000 }, () => {
  it("go in one step when somebody leaves it; what was given in person stays", async () => {
    await aGroup("writers", { door: "closed" });
    await gives("writers", "editor", "blog");
    await gives("writers", "steward", "market");
    await giveRole(db, id(bilal), "editor", "events");
    await putIn("writers", "bilal", "ada");
    const may = () =>
      Promise.all([
        services.relations.may(id(bilal), "edit", "blog"),
        services.relations.may(id(bilal), "operate", "market"),
        services.relations.may(id(bilal), "edit", "events"),
      ]);
    expect(await may()).toEqual([true, true, true]);
    const why = await account.get("/membership/why?kind=can&name=edit&scope=blog", as("bilal"));
    expect(why.body).toMatch(/Why you may edit, in the blog.*belongs to writers.*everybody in writers is editor in blog/s);
    expect(why.body).toContain("read from memberships of groups");
    const mine = (await membershipOf(bilal, "writers")) ?? expect.fail();
    expect((await account.get(`/membership/${mine.id}/leave`, as("bilal"))).body).toMatch(/editor of the blog.*steward of the shop/s);
    expect((await account.post(`/membership/${mine.id}/leave`, {}, as("bilal"))).headers.location).toContain("group-left");
    expect(await may()).toEqual([false, false, true]);
    expect((await account.get("/membership/why?kind=can&name=edit&scope=blog", as("bilal"))).body).toContain("You may not edit");
    expect((await account.get("/admin/members/bilal/why?kind=can&name=edit&scope=events", as("ada"))).body).toContain(
      "may edit, in the calendar",
    );
  });

  it("are given by nobody who may not give roles, and by nobody to themselves", async () => {
    expect((await putIn("writers", "bilal", "dov")).headers.location).toContain("group-gives-rights");
    expect((await putIn("writers", "ada", "ada")).headers.location).toContain("not-about-yourself");
    const open = await aGroup("founders", { door: "open" });
    await gives("founders", "admin", "site");
    expect((await join("bilal", open)).headers.location).toContain("group-asked");
    expect(await services.relations.may(id(bilal), "grant-roles", "site")).toBe(false);
    const sub = await account.post("/admin/groups", { name: "Nest", door: "open", partOf: String(open) }, as("dov"));
    expect([sub.statusCode, await db.$count(groups, eq(groups.slug, "nest"))]).toEqual([422, 0]);
    const invited = await account.post("/admin/site/invitations", { group: String(open), mostUses: "1", days: "3" }, as("dov"));
    expect([invited.statusCode, invited.body.includes("This group gives roles")]).toEqual([422, true]);
    for (const path of ["/admin/groups/founders/roles", "/admin/members/bilal/roles"])
      expect((await account.post(path, { role: "admin", scope: "site", reason: "Because", change: "give" }, as("dov"))).statusCode).toBe(
        404,
      );
    expect(
      (await account.post("/admin/members/ada/roles", { role: "steward", scope: "blog", reason: "Because", change: "give" }, as("ada")))
        .headers.location,
    ).toContain("not-about-yourself");
  });

  it("are taken, or brought back with a group, by nobody who may not give roles", async () => {
    await putIn("writers", "bilal", "ada");
    const mine = (await membershipOf(bilal, "writers")) ?? expect.fail();
    const out = await account.post(`/admin/groups/writers/people/${mine.id}`, { decision: "take-out" }, as("dov"));
    expect(out.headers.location).toContain("group-gives-rights");
    const archive = (change: string, by: "ada" | "dov", slug = "writers") =>
      account.post(`/admin/groups/${slug}/archive`, { change }, as(by));
    expect((await archive("archive", "dov")).headers.location).toContain("group-gives-rights");
    expect((await archive("archive", "ada")).headers.location).toContain("saved");
    expect(await services.relations.may(id(bilal), "edit", "blog")).toBe(false);
    expect((await archive("restore", "dov")).headers.location).toContain("group-gives-rights");
    const writers = await services.membership.getGroup("writers");
    await archive("restore", "ada");
    await aGroup("poets", { partOfId: writers.id });
    await archive("archive", "ada", "poets");
    expect((await archive("restore", "dov", "poets")).headers.location).toContain("group-gives-rights");
    await archive("restore", "ada", "poets");
    const free = await account.post("/admin/groups/poets", { name: "Poets", door: "open", partOf: "", version: "3" }, as("dov"));
    expect([free.statusCode, free.body.includes("only who may give roles")]).toEqual([422, true]);
    expect((await account.post(`/admin/groups/writers/people/${mine.id}`, { decision: "take-out" }, as("ada"))).headers.location).toContain(
      "group-taken-out",
    );
  });

  it("come by no invitation of somebody who may not give them any more", async () => {
    const { id: groupId } = await services.membership.getGroup("writers");
    const founder = await aMember(db, { handle: "fay" });
    await giveRole(db, founder, "admin", "site");
    const made = await app.transaction((tx) =>
      services.joining.invite(tx, { email: null, note: "", groupId, mostUses: 9, days: 9, by: founder }),
    );
    const token = made.kind === "invited" ? made.token : expect.fail(made.kind);
    expect(await app.transaction((tx) => services.joining.accept(tx, token, founder))).toEqual({ kind: "void" }); // nobody gives rights to themselves
    await db.delete(relationFacts).where(sql`${relationFacts.arguments} ->> 0 = ${`user:${founder}`}`);
    expect(await app.transaction((tx) => services.joining.accept(tx, token, id(bilal)))).toEqual({ kind: "void" });
    expect(await services.relations.may(id(bilal), "operate", "market")).toBe(false);
  });

  it("leave an admin of the site: the last one can't go, and of two who go at once one stays", async () => {
    await db.delete(relationFacts).where(eq(relationFacts.relation, "shared.role"));
    await db.insert(memberships).values([
      { groupId: (await services.membership.getGroup("founders")).id, userId: id(ada), state: "member" },
      { groupId: (await services.membership.getGroup("founders")).id, userId: id(dov), state: "member" },
    ]);
    const [one, two] = [await membershipOf(ada, "founders"), await membershipOf(dov, "founders")];
    const left = await Promise.all([
      account.post(`/membership/${one?.id}/leave`, {}, as("ada")),
      account.post(`/membership/${two?.id}/leave`, {}, as("dov")),
    ]);
    expect(left.map(({ statusCode }) => statusCode).toSorted()).toEqual([303, 409]);
    expect(left.find(({ statusCode }) => statusCode === 409)?.body).toContain("Nobody would be an admin of the site any more");
    const stays = left[0]?.statusCode === 409 ? "ada" : "dov";
    const archived = await account.post("/admin/groups/founders/archive", { change: "archive" }, as(stays));
    expect(archived.statusCode).toBe(409);
    await giveRole(db, id(ada), "admin", "site");
    await giveRole(db, id(dov), "steward", "account");
  });
});

describe("somebody else's membership", { timeout: 60_000 }, () => {
  it("is at no address that can be guessed", async () => {
    const group = await aGroup("singers", { duesMinor: 1200, duesPeriod: "year" });
    await join("ada", group);
    const hers = (await membershipOf(ada, "singers")) ?? expect.fail();
    for (const path of [`/membership/${hers.id}/leave`, `/membership/${hers.id}/dues`])
      expect((await account.post(path, {}, as("bilal"))).statusCode).toBe(404);
    expect((await account.get(`/membership/${hers.id}/leave`, as("bilal"))).statusCode).toBe(404);
    for (const path of ["/membership/0/leave", "/membership/x/leave", "/membership/99999999999999999999/leave"])
      expect((await account.get(path, as("bilal"))).statusCode).toBe(404);
    expect((await account.get("/membership")).statusCode).toBe(401);
    expect((await membershipOf(ada, "singers"))?.state).toBe("member");
    const put = app.transaction((tx) =>
      services.cart.putLine(
        tx,
        { kind: "member", userId: id(bilal) },
        { kind: "dues", ref: String(hers.id).padStart(12, "0"), quantity: 1, metadata: {} },
      ),
    );
    expect(await put).toEqual({ kind: "gone" });
  });
});

describe("dues", { timeout: 60_000 }, () => {
  const standing = async () => (await membershipOf(bilal, "gardeners"))?.dues ?? expect.fail();

  it("are paid through the cart, once for each order, and come back with the money", async () => {
    const group = await aGroup("gardeners", { duesMinor: 1250, duesPeriod: "year" });
    await join("bilal", group);
    expect((await standing()).state).toBe("due");
    const mine = (await membershipOf(bilal, "gardeners")) ?? expect.fail();
    const paid = await account.post(`/membership/${mine.id}/dues`, {}, as("bilal"));
    expect(paid.headers.location).toMatch(/^http:\/\/cart\..*notice=dues-in-cart/);
    await account.post(`/membership/${mine.id}/dues`, {}, as("bilal"));
    const owner = { kind: "member", userId: id(bilal) } as const;
    const cart = await services.cart.getCart(owner);
    expect(cart.others).toMatchObject([{ title: "Dues: The gardeners", quantity: 1 }]);
    const placing = { email: null, name: "", shownTotalMinor: 1250, pickUps: [], sellers: "all" } as const;
    const placed = await app.transaction((tx) => services.orders.placeFromCart(tx, owner, placing));
    const orderId = placed.kind === "placed" ? placed.orderId : expect.fail(placed.kind);
    await db.update(groups).set({ duesPeriod: "month" }).where(eq(groups.slug, "gardeners")); // what was paid for was a year
    await app.transaction((tx) => services.payments.payByHand(tx, { orderId, kind: "cash", by: id(ada), paidAt: new Date() }));
    const settle = () => app.transaction((tx) => services.membership.settleOrder(tx, orderId as OrderId));
    await settle();
    await settle();
    expect(await db.$count(dues)).toBe(1);
    const [row] = await db.select().from(dues);
    expect(row).toMatchObject({ way: "cart", amountMinor: 1250 });
    expect((Date.parse(row?.untilOn ?? "") - Date.parse(row?.fromOn ?? "")) / 86_400_000).toBeGreaterThanOrEqual(364);
    expect((await standing()).state).toBe("paid");
    await db.execute(sql`update orders set status = 'refunded' where id = ${orderId}`);
    await settle();
    expect(await standing()).toMatchObject({ state: "due", paidUntil: null });
  });

  it("are noted by a steward for cash, waived, and taken back", async () => {
    const mine = (await membershipOf(bilal, "gardeners")) ?? expect.fail();
    const note = (form: Record<string, string>) => account.post(`/admin/members/bilal/memberships/${mine.id}/dues`, form, as("dov"));
    for (const form of [
      { way: "cash", amount: "lots", note: "In the tin" },
      { way: "cash", amount: "12.50", note: "" },
    ])
      expect((await note(form)).statusCode).toBe(422);
    expect((await note({ way: "cash", amount: "12.50", note: "In the tin <script>" })).statusCode).toBe(303);
    expect((await standing()).state).toBe("paid");
    expect((await note({ way: "waived", note: "She looks after the hens" })).statusCode).toBe(303);
    expect((await standing()).state).toBe("waived");
    const page = await account.get("/admin/members/bilal", as("dov"));
    expect(page.body).toMatch(/Paid to a steward.*£12\.50/s);
    expect(page.body).not.toContain("<script>In");
    const entries = (await membershipOf(bilal, "gardeners"))?.entries ?? [];
    for (const entry of entries.filter(({ way }) => way !== "cart"))
      expect((await account.post(`/admin/members/bilal/dues/${entry.id}/end`, {}, as("dov"))).headers.location).toContain(
        "dues-taken-back",
      );
    expect((await account.post(`/admin/members/ada/dues/${entries[0]?.id}/end`, {}, as("dov"))).statusCode).toBe(404);
    expect((await standing()).state).toBe("due");
  });

  it("are overdue a month after they began", async () => {
    await db
      .update(memberships)
      .set({ since: new Date(Date.now() - 40 * 86_400_000) })
      .where(eq(memberships.userId, id(bilal)));
    expect((await standing()).state).toBe("overdue");
    const { body } = await account.get("/admin/members?dues=overdue", as("dov"));
    expect(body).toContain("/admin/members/bilal");
    expect(body).not.toContain('"/admin/members/ada"');
  });

  it("of whoever left and comes back are counted as they were", async () => {
    const mine = (await membershipOf(bilal, "gardeners")) ?? expect.fail();
    await account.post(`/admin/members/bilal/memberships/${mine.id}/dues`, { way: "cash", amount: "12.50", note: "In the tin" }, as("dov"));
    const { paidUntil } = await standing();
    await account.post(`/membership/${mine.id}/leave`, {}, as("bilal"));
    await join("bilal", mine.group.id);
    expect((await standing()).paidUntil).toBe(paidUntil);
  });
});

describe("the list of members", { timeout: 60_000 }, () => {
  it("is searched by words that mean nothing to SQL, and by group", async () => {
    for (const q of ["%", "_", "' or 1=1 --", "\u0000"])
      expect((await account.get(`/admin/members?q=${encodeURIComponent(q)}`, as("dov"))).statusCode).toBe(q === "\u0000" ? 404 : 200);
    const found = await account.get("/admin/members?q=BIL", as("dov"));
    expect(found.body).toContain("/admin/members/bilal");
    expect(found.body).not.toContain("/admin/members/ada");
    expect(found.body).not.toContain("<img src=x");
    expect((await account.get("/admin/members?q=nobody-at-all", as("dov"))).body).toContain("Nobody fits");
    expect((await account.get("/admin/members/nobody", as("dov"))).statusCode).toBe(404);
  });
});
