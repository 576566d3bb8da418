import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditEntries } from "../../../../shared/models/audit.ts";
import { menuItems, pages } from "../../../../shared/models/blog.ts";
import type { PageId } from "../../../../shared/models/ids.ts";
import { relationFacts } from "../../../../shared/models/relation-facts.ts";
import { openTestApp } from "../../../../tests/app.ts";
import { aMember, aMenuItem, aPage } from "../../../../tests/builders/publication.ts";
import { giveRole } from "../../../../tests/builders/roles.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";

const blog = await openTestApp("blog");
const HOSTILE = "<script>alert(1)</script>";
let cookies: Record<string, string>;
let stranger: Record<string, string>;
let oven: PageId;

beforeAll(async () => {
  const [efua, grace] = [await aMember(blog.db, { handle: "efua" }), await aMember(blog.db, { handle: "grace" })];
  await giveRole(blog.db, efua, "editor", "blog");
  [cookies, stranger] = [await signedIn(blog, "blog", efua), await signedIn(blog, "blog", grace)];
  const about = await aPage(blog.db, { path: "about", title: "About us" });
  oven = await aPage(blog.db, { path: "about/oven", parentId: about, title: "The oven" });
});
beforeEach(async () => {
  await blog.db.delete(menuItems);
  for (const [position, label] of ["Bread", "Milk", "Jam"].entries()) {
    await aMenuItem(blog.db, { menu: "primary", label, url: `/${label.toLowerCase()}`, position });
  }
});
afterAll(() => blog.close());

const getMenu = () => blog.services.navigation.getMenu("primary");
const labels = async () => (await getMenu()).items.map(({ label }) => label);
const idOf = async (label: string) => (await getMenu()).items.find((item) => item.label === label)?.id ?? 0;
const change = async (path: string, form: Record<string, string>) =>
  blog.post(`/admin/navigation/primary/${path}`, { version: (await getMenu()).version, ...form }, { cookies });

/** A page waits 300 ms for its menu, on a busy machine in vain: the next one has it. */
const PATIENCE = { timeout: 10_000 };
const pageBody = async () => (await blog.get("/")).body;

describe("the menus under /admin", { timeout: 30_000 }, () => {
  it("are there for editors alone", async () => {
    const page = await blog.get("/admin/navigation", { cookies });
    expect(page.statusCode).toBe(200);
    for (const label of ["Bread", "Milk", "Jam"]) expect(page.body).toContain(label);
    for (const path of ["", "/primary/new", `/primary/items/${await idOf("Jam")}`]) {
      expect((await blog.get(`/admin/navigation${path}`, { cookies })).statusCode).toBe(200);
      expect((await blog.get(`/admin/navigation${path}`, { cookies: stranger })).statusCode).toBe(404);
    }
    const { version } = await getMenu();
    const asStranger = await blog.post("/admin/navigation/primary/items", { version, label: "Mine", url: "/mine" }, { cookies: stranger });
    expect(asStranger.statusCode).toBe(404);
    expect(await labels()).toHaveLength(3);
  });

  it("take an item to a page of ours, which readers see, and write it down", async () => {
    const added = await change("items", { label: `Oven ${HOSTILE}`, page: String(oven), url: "" });
    expect([added.statusCode, added.headers.location]).toEqual([303, "/admin/navigation?notice=menu-changed"]);
    await expect.poll(pageBody, PATIENCE).toContain(`<a href="${blog.origin}/about/oven">Oven &lt;script&gt;`);
    const [entry] = await blog.db.select().from(auditEntries).where(eq(auditEntries.action, "add menu item"));
    expect(entry).toMatchObject({ subject: "menu:primary", before: { items: "Bread, Milk, Jam" } });
  });

  it.each([
    ["javascript:alert(1)", 422],
    ["//evil.example", 422],
    ["/\\evil.example", 422],
    ["", 422],
    ["https://", 422],
    ["bread", 422],
    ["https://elsewhere.example/bread", 303],
    ["/posts?tag=bread", 303],
  ])("answer the address %s with %i", async (url, status) => {
    const answer = await change("items", { label: "Somewhere", page: "", url });
    expect(answer.statusCode).toBe(status);
    expect(await labels()).toHaveLength(status === 303 ? 4 : 3);
    if (status === 422 && url) expect(answer.body).toContain(`value="${url}"`);
  });

  it("rename an item and take it out", async () => {
    await change(`items/${await idOf("Milk")}`, { label: "Milk and cheese", page: "", url: "/milk" });
    expect(await labels()).toEqual(["Bread", "Milk and cheese", "Jam"]);
    expect((await change(`items/${await idOf("Bread")}`, { label: "", page: "", url: "/x" })).body).toContain(
      "Say what stands in the menu.",
    );
    await change(`items/${await idOf("Bread")}/removal`, {});
    expect(await labels()).toEqual(["Milk and cheese", "Jam"]);
  });

  it("move an item by buttons, and stay as they are at the ends", async () => {
    await change(`items/${await idOf("Jam")}/place`, { direction: "up" });
    expect(await labels()).toEqual(["Bread", "Jam", "Milk"]);
    await change(`items/${await idOf("Bread")}/place`, { direction: "up" });
    await change(`items/${await idOf("Bread")}/place`, { direction: "down" });
    expect(await labels()).toEqual(["Jam", "Bread", "Milk"]);
  });

  it("take an order that is dragged, whole or not at all", async () => {
    const [bread, milk, jam] = [await idOf("Bread"), await idOf("Milk"), await idOf("Jam")];
    expect((await change("order", { order: `${jam},${bread},${milk}` })).statusCode).toBe(303);
    expect(await labels()).toEqual(["Jam", "Bread", "Milk"]);
    for (const order of [`${jam},${bread}`, `${jam},${jam},${milk}`, `${jam},${bread},${milk},999999`, "x", ""]) {
      expect((await change("order", { order })).statusCode).toBe(409);
    }
    expect(await labels()).toEqual(["Jam", "Bread", "Milk"]);
  });

  it("tell the second of two editors, and keep what the first did", async () => {
    const { version } = await getMenu();
    const [bread, milk] = [await idOf("Bread"), await idOf("Milk")];
    const both = await Promise.all(
      [bread, milk].map((id) => blog.post(`/admin/navigation/primary/items/${id}/removal`, { version }, { cookies })),
    );
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([303, 409]);
    expect(both.find(({ statusCode }) => statusCode === 409)?.body).toContain("Somebody changed this menu meanwhile");
    expect(await labels()).toHaveLength(2);
  });

  it("refuse a page that is gone, and more items than a page shows", async () => {
    const bin = await aPage(blog.db, { path: "binned", status: "draft", deletedAt: new Date() });
    expect((await change("items", { label: "Binned", page: String(bin), url: "" })).statusCode).toBe(409);
    expect((await change("items", { label: "Nowhere", page: "999999", url: "" })).statusCode).toBe(409);
    for (let n = 0; n < 27; n++) await aMenuItem(blog.db, { menu: "primary", label: `Item ${n}`, url: "/x", position: n });
    expect((await change("items", { label: "One more", page: "", url: "/more" })).body).toContain("The menu is full");
  });
});

describe("what is kept out of menus", { timeout: 30_000 }, () => {
  it("is shown in none, neither as an item nor below one, and the editor is told", async () => {
    const about = await blog.db.select({ id: pages.id }).from(pages).where(eq(pages.path, "about"));
    await change("items", { label: "About", page: String(about[0]?.id), url: "" });
    await expect.poll(pageBody, PATIENCE).toContain(`${blog.origin}/about/oven`);
    const hidden = { relation: "blog.hidden_nav", arguments: [`page:${oven}`], assertedBy: "app:blog" };
    await blog.db.insert(relationFacts).values(hidden);
    await change("items", { label: "Oven", page: String(oven), url: "" });
    await expect.poll(pageBody, PATIENCE).not.toContain(`${blog.origin}/about/oven`);
    expect((await blog.get("/admin/navigation", { cookies })).body).toContain("Not shown");
  });
});
