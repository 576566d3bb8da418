import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { users } from "../../../../shared/models/identity.ts";
import type { UserId } from "../../../../shared/models/ids.ts";
import { openTestApp } from "../../../../tests/app.ts";
import { sendForm } from "../../../../tests/builders/multipart.ts";
import { aMember } from "../../../../tests/builders/publication.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";

const site = await openTestApp("federation");
afterAll(() => site.close());

const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC",
  "base64",
);
let ada: UserId;
let bilal: UserId;
let cookies: Record<string, string>;

beforeAll(async () => {
  ada = await aMember(site.db, { handle: "ada", name: "Ada" });
  bilal = await aMember(site.db, { handle: "bilal", name: "Bilal" });
  cookies = await signedIn(site, "federation", ada);
  await site.app.transaction((tx) =>
    site.services.people.saveProfile(tx, ada, { name: "Ada", bio: "", isLocked: false, isFindable: false, fields: [] }),
  );
});

const bring = (name: string, bytes: Buffer) => sendForm(site, "/settings/picture", { file: { name, bytes } }, cookies);
const pictureOf = async (id: UserId) => (await site.db.select({ id: users.pictureId }).from(users).where(eq(users.id, id)))[0]?.id ?? null;
const actor = async () =>
  (await site.get("/ap/members/ada", { headers: { accept: "application/activity+json" } })).json<{
    icon?: { type: string; url: string };
    attachment?: { name: string; value: string }[];
  }>();

describe("a member's picture", { timeout: 60_000 }, () => {
  it("stands on their account, and is the icon of their actor, until they take it away", async () => {
    expect((await actor()).icon).toBeUndefined();
    const { statusCode, headers } = await bring("me.png", PICTURE);
    expect([statusCode, headers.location]).toEqual([303, "http://account.rose-ash.localhost:8000/profile?notice=picture-saved"]);
    expect((await actor()).icon).toMatchObject({ type: "Image", url: expect.stringMatching(/^http:\/\/federation\..*\/media\//) });
    expect(await pictureOf(bilal)).toBeNull();
    await site.post("/settings/picture/remove", {}, { cookies });
    expect((await actor()).icon).toBeUndefined();
  });

  it("is none that is no picture, whatever it is called, nor what nobody who signed in sends", async () => {
    const wrong: [string, Buffer][] = [
      ["me.png", Buffer.from("<script>alert(1)</script>")],
      ["me.svg", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
      ["me.jpg", Buffer.from("%PDF-1.7\n%%EOF")],
      ["me.png", PICTURE.subarray(0, 40)],
      ["empty.png", Buffer.alloc(0)],
      ["", Buffer.alloc(0)],
    ];
    for (const [name, bytes] of wrong) {
      const { statusCode, body } = await bring(name, bytes);
      expect([name, statusCode]).toEqual([name, 422]);
      expect(body).toContain('id="error-picture"');
    }
    expect(await pictureOf(ada)).toBeNull();
    expect((await site.post("/settings/picture", { picture: "x" }, { cookies })).statusCode).toBe(422);
    expect((await site.get("/settings/picture")).headers.location).toContain("/auth/login");
    expect((await sendForm(site, "/settings/picture", { file: { name: "me.png", bytes: PICTURE } }, {})).statusCode).toBe(401);
  });
});

it("pronouns are a line of the actor, unless a line of the profile says them already", async () => {
  const { members, people } = site.services;
  const { seen, ...profile } = await members.getProfile(ada);
  await site.app.transaction((tx) => members.saveProfile(tx, ada, { ...profile, pronouns: "she/her" }, seen));
  expect((await actor()).attachment).toEqual([{ type: "PropertyValue", name: "Pronouns", value: "she/her" }]);
  expect((await site.get("/@ada", { cookies })).body).toContain("she/her");
  const own = { name: "Ada", bio: "", isLocked: false, isFindable: false, fields: [{ name: "pronouns", value: "she" }] };
  await site.app.transaction((tx) => people.saveProfile(tx, ada, own));
  expect((await actor()).attachment).toHaveLength(1);
});
