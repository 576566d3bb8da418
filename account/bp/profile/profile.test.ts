import { eq } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { apActivities } from "../../../shared/models/federation.ts";
import { users } from "../../../shared/models/identity.ts";
import type { UserId } from "../../../shared/models/ids.ts";
import { openTestApp } from "../../../tests/app.ts";
import { aMember } from "../../../tests/builders/publication.ts";
import { aProduct } from "../../../tests/builders/shop.ts";
import { signedIn } from "../../../tests/builders/signed-in.ts";

const account = await openTestApp("account");
afterAll(() => account.close());

let ada: UserId;
let cookies: Record<string, string>;

beforeEach(async () => {
  for (const table of ["users", "ap_activities"]) await account.db.execute(`delete from ${table}`);
  ada = await aMember(account.db, { handle: "ada", name: "Ada" });
  cookies = await signedIn(account, "account", ada);
});

const { members } = account.services;
const GOOD = { name: "Ada Marlowe", pronouns: "she/her", language: "cy", timeZone: "Asia/Tokyo" };

async function save(form: Record<string, string>, who = cookies) {
  const { seen } = await members.getProfile(ada);
  return account.post("/profile", { seen, ...form }, { cookies: who });
}

describe("/profile", { timeout: 30_000 }, () => {
  it("keeps what a member says, and tells the fediverse of another name or other pronouns, and of nothing else", async () => {
    expect((await save({ ...GOOD, diets: "vegan", avoids: "milk" })).headers.location).toBe("/profile?notice=saved");
    expect(await members.getProfile(ada)).toMatchObject({ ...GOOD, diets: ["vegan"], avoids: ["milk"] });
    await save({ ...GOOD, language: "en" });
    const told = await account.db.select({ type: apActivities.objectType }).from(apActivities);
    expect(told).toEqual([{ type: "Profile" }]);
    expect(await members.getProfile(ada)).toMatchObject({ language: "en", diets: [], avoids: [] });
  });

  it("shows when things were done in the member's own zone", async () => {
    await account.db
      .update(users)
      .set({ createdAt: new Date("2026-03-01T16:00:00Z") })
      .where(eq(users.id, ada));
    expect((await account.get("/profile", { cookies })).body).toContain("1 March");
    await save(GOOD);
    expect((await account.get("/profile", { cookies })).body).toContain("2 March"); // it is one in the morning in Tokyo
  });

  it("counts ways in with when they were used last, each with its page on federation", async () => {
    const { body } = await account.get("/profile", { cookies });
    expect(body).toContain('href="http://federation.rose-ash.localhost:8000/settings/passkeys"');
    expect(body).toMatch(/Browsers and devices<\/a><\/p>\s*<p class="small soft">1 place, last sign-in/);
    expect(body).toMatch(/Passkeys<\/a><\/p>\s*<p class="small soft">None</);
  });

  it("gives back what can't be taken, with nothing typed lost", async () => {
    const hostile = [
      { name: "" },
      { name: "x".repeat(81) },
      { name: "Ada\r\nBcc: all@x.example" },
      { name: "Ada \u202emadA" },
      { name: "Ada\u200b" },
      { pronouns: "she\u0000her" },
      { pronouns: "x".repeat(41) },
      { language: "xx-evil" },
      { timeZone: "Europe/Nowhere" },
      { timeZone: "../../etc/passwd" },
    ];
    for (const wrong of hostile) {
      const answer = await save({ ...GOOD, name: "Typed", ...wrong });
      expect([wrong, answer.statusCode]).toEqual([wrong, 422]);
      expect(answer.body).toContain("There is something to put right");
      if (!("name" in wrong)) expect(answer.body).toContain('value="Typed"');
    }
    expect((await members.getProfile(ada)).name).toBe("Ada");
    for (const strange of [{ diets: "everything" }, { avoids: "'; drop table users" }]) {
      expect((await save({ ...GOOD, ...strange })).statusCode).toBe(400); // no form of ours sends it
    }
  });

  it("takes names of all scripts, with the joiners that belong to them", async () => {
    for (const name of [
      "\u0110\u1eb7ng",
      "\u0646\u0627\u0632\u200c\u0646\u06cc\u0646",
      "\u5c71\u7530 \u592a\u90ce",
      "Zo\u00eb O\u2019Brien-\u0141uk",
    ]) {
      expect((await save({ ...GOOD, name })).statusCode).toBe(303);
      expect((await members.getProfile(ada)).name).toBe(name);
    }
  });

  it("tells the second of two devices what the first one saved, and loses nothing of either", async () => {
    const { seen } = await members.getProfile(ada);
    const elsewhere = await signedIn(account, "account", ada);
    await account.post("/profile", { ...GOOD, name: "From the phone", seen }, { cookies });
    const second = await account.post("/profile", { ...GOOD, name: "From the desk", seen }, { cookies: elsewhere });
    expect(second.statusCode).toBe(409);
    expect(second.body).toContain("changed elsewhere meanwhile");
    expect(second.body).toContain("From the phone");
    expect(second.body).toContain('value="From the desk"');
    expect((await members.getProfile(ada)).name).toBe("From the phone");
    const [, now = ""] = /name="seen" value="([^"]+)"/.exec(second.body) ?? [];
    await account.post("/profile", { ...GOOD, name: "From the desk", seen: now }, { cookies: elsewhere });
    expect((await members.getProfile(ada)).name).toBe("From the desk");
  });

  it("of many saves at the same moment takes one", async () => {
    const { seen } = await members.getProfile(ada);
    const saves = ["One", "Two", "Three", "Four"].map((name) => account.post("/profile", { ...GOOD, name, seen }, { cookies }));
    const codes = (await Promise.all(saves)).map(({ statusCode }) => statusCode);
    expect(codes.sort()).toEqual([303, 409, 409, 409]);
  });

  it("is each member's own", async () => {
    const bilal = await aMember(account.db, { handle: "bilal", name: "Bilal" });
    const his = await signedIn(account, "account", bilal);
    await save({ ...GOOD, avoids: "nuts" });
    const { body } = await account.get("/profile", { cookies: his });
    expect(body).not.toMatch(/Ada Marlowe|value="she/);
    expect(body).not.toMatch(/value="nuts" checked/);
    expect((await save({ ...GOOD, name: "Not Ada" }, his)).statusCode).toBe(409); // what Ada saw is not what Bilal has
    expect((await members.getProfile(bilal)).name).toBe("Bilal");
    expect((await account.get("/profile")).headers.location).toBe("/auth/login?next=%2Fprofile");
    expect((await account.post("/profile", GOOD)).statusCode).toBe(401);
  });
});

describe("what a member does not eat", { timeout: 30_000 }, () => {
  it("is said of products that hold it, may hold it, or of which nobody knows; of others nothing", async () => {
    const stated = { areAllergensStated: true };
    const cheese = await aProduct(account.db, { slug: "cheese", ...stated, contains: ["milk"], labels: ["vegetarian"] });
    const bar = await aProduct(account.db, { slug: "bar", ...stated, mayContain: ["milk"], labels: ["vegan", "vegetarian"] });
    const jam = await aProduct(account.db, { slug: "jam", labels: ["vegan"] });
    const bread = await aProduct(account.db, { slug: "bread", ...stated, contains: ["cereals-containing-gluten"], labels: ["vegan"] });
    const all = [cheese, bar, jam, bread];
    expect(await members.listFoodWarnings(ada, all)).toEqual(new Map());
    await save({ ...GOOD, avoids: "milk", diets: "vegan" });
    expect(await members.listFoodWarnings(ada, all)).toEqual(
      new Map([
        [
          cheese,
          [
            { kind: "contains", about: "milk" },
            { kind: "not-said", about: "vegan" },
          ],
        ],
        [bar, [{ kind: "may-contain", about: "milk" }]],
        [jam, [{ kind: "unstated", about: "" }]],
      ]),
    );
    expect(await members.listFoodWarnings(await aMember(account.db, { handle: "bilal" }), all)).toEqual(new Map());
  });
});
