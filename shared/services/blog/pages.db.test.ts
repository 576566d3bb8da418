import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aGuest } from "../../../tests/builders/asker.ts";
import { aMenuItem, aPage } from "../../../tests/builders/publication.ts";
import { newDatabase } from "../../../tests/database.ts";
import { openDb } from "../../infrastructure/db.ts";
import type { PageId } from "../../models/ids.ts";
import { makeBlogService } from "./index.ts";

const db = openDb(await newDatabase());
const blog = makeBlogService(
  {
    db,
    clock: { now: () => new Date("2026-11-18T12:00:00Z") },
    publicUrl: (app, path) => `https://${app}.example${path}`,
    timeZone: "Europe/London",
    locale: "en-GB",
  },
  { relations: { list: async () => [] } },
);
const guest = aGuest(null);
let join: PageId;
let oven: PageId;

beforeAll(async () => {
  join = await aPage(db, { path: "join", title: "Join", position: 2 });
  const about = await aPage(db, { path: "about", title: "About", position: 1 });
  const house = await aPage(db, { path: "about/house", parentId: about, title: "The house", position: 2, summary: "Brick." });
  await aPage(db, { path: "about/people", parentId: about, title: "People", position: 1, summary: "Twelve of us." });
  oven = await aPage(db, { path: "about/house/oven", parentId: house, title: "The oven", html: "<p>Two tonnes.</p>", summary: "Hot." });
  await aPage(db, { path: "about/food", parentId: about, title: "Food", position: 2 });
  await aPage(db, { path: "about-turn", title: "About turn", position: 2 });
  await aMenuItem(db, { menu: "primary", label: "Join us", pageId: join, position: 2 });
  await aMenuItem(db, { menu: "primary", label: "Writing", url: "/", position: 1 });
  await aMenuItem(db, { menu: "footer", label: "Elsewhere", url: "https://elsewhere.example/", position: 1 });
});
afterAll(() => db.close());

describe("a standing page", () => {
  it("knows the way to it, itself last", async () => {
    expect(await blog.getPage("about/house/oven", guest)).toEqual({
      id: expect.any(Number),
      title: "The oven",
      summary: "Hot.",
      html: "<p>Two tonnes.</p>",
      audience: null,
      isReadable: true,
      picture: null,
      pictureCaption: "",
      share: {
        ...{ metaTitle: "", metaDescription: "", ogTitle: "", ogDescription: "", ogPicture: null },
        ...{ twitterTitle: "", twitterDescription: "", twitterPicture: null },
      },
      breadcrumb: [
        { name: "About", url: "https://blog.example/about" },
        { name: "The house", url: "https://blog.example/about/house" },
        { name: "The oven", url: "https://blog.example/about/house/oven" },
      ],
      children: [],
    });
  });

  it("lists the pages right below it in the editors' order; of one position, the first made", async () => {
    const { children } = await blog.getPage("about", guest);
    expect(children).toEqual([
      { name: "People", url: "https://blog.example/about/people", summary: "Twelve of us." },
      { name: "The house", url: "https://blog.example/about/house", summary: "Brick." },
      { name: "Food", url: "https://blog.example/about/food", summary: "" },
    ]);
  });

  it.each(["nowhere", "about/nowhere", "house", ""])("is not found at %j", async (path) => {
    await expect(blog.getPage(path, guest)).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("the navigation", () => {
  it("holds the menus in their order, with whole addresses", async () => {
    const { primary, footer } = await blog.getNavigation();
    expect(primary).toEqual([
      { name: "Writing", url: "https://blog.example/", pageId: null },
      { name: "Join us", url: "https://blog.example/join", pageId: join },
    ]);
    expect(footer).toEqual([{ name: "Elsewhere", url: "https://elsewhere.example/", pageId: null }]);
  });

  it("holds the tree of pages in the editors' order", async () => {
    const { tree } = await blog.getNavigation();
    expect(tree.map(({ name }) => name)).toEqual(["About", "Join", "About turn"]);
    expect(tree[0]?.children.map(({ name }) => name)).toEqual(["People", "The house", "Food"]);
    expect(tree[0]?.children[1]?.children).toEqual([
      { pageId: oven, name: "The oven", url: "https://blog.example/about/house/oven", children: [] },
    ]);
  });
});
