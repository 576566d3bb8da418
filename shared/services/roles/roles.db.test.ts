import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { aGuest, aMemberViewer } from "../../../tests/builders/asker.ts";
import { aMember } from "../../../tests/builders/publication.ts";
import { newDatabase } from "../../../tests/database.ts";
import type { OfficeGrant } from "../../contracts/roles.ts";
import { openDb } from "../../infrastructure/db.ts";
import { users } from "../../models/identity.ts";
import type { UserId } from "../../models/ids.ts";
import { relationFacts } from "../../models/relation-facts.ts";
import { makeRolesService } from "./index.ts";

const db = openDb(await newDatabase(), 4);
afterAll(() => db.close());
let now = new Date("2026-05-01T10:00:00Z");
const roles = makeRolesService({ db, clock: { now: () => now }, publicUrl: (_app, path) => path, timeZone: "Europe/London" });
let ada: UserId;
let bilal: UserId;

beforeEach(async () => {
  now = new Date("2026-05-01T10:00:00Z");
  await db.delete(relationFacts);
  await db.delete(users);
  ada = await aMember(db, { handle: "ada", name: "Ada" });
  bilal = await aMember(db, { handle: "bilal", name: "Bilal" });
  await give({ office: "admin", to: ada, by: null });
});

function give(given: Partial<OfficeGrant>): Promise<void> {
  const grant: OfficeGrant = { office: "editor", to: bilal, by: ada, reason: "Elected in May", expiresAt: null, ...given };
  return db.transaction((tx) => roles.grantOffice(tx, grant));
}

describe("roles", () => {
  it("are member for everybody with an account, and nothing for nobody", async () => {
    expect(await roles.rolesOf(bilal)).toEqual(["member"]);
    expect(await roles.rolesOf(999_999 as UserId)).toEqual([]);
  });

  it("hold once, whoever gave the office, and end with a withdrawal from all of them", async () => {
    await give({});
    await give({ by: null });
    expect(await roles.rolesOf(bilal)).toEqual(["editor", "member"]);
    await db.transaction((tx) => roles.withdrawOffice(tx, { office: "editor", to: bilal, by: ada }));
    expect(await roles.rolesOf(bilal)).toEqual(["member"]);
    expect(await roles.rolesOf(ada)).toEqual(["admin", "member"]);
  });

  it("end by their time", async () => {
    await give({ expiresAt: new Date("2026-06-01T00:00:00Z") });
    expect(await roles.rolesOf(bilal)).toContain("editor");
    now = new Date("2026-06-01T00:00:00Z");
    expect(await roles.rolesOf(bilal)).toEqual(["member"]);
  });

  it("are given by admins only, never to oneself, and for a reason", async () => {
    await expect(give({ by: bilal, to: ada })).rejects.toThrow("given and taken by admins");
    await expect(give({ to: ada, office: "steward" })).rejects.toThrow("of their own");
    await expect(give({ reason: "  " })).rejects.toThrow("for a reason");
    await expect(give({ reason: "x".repeat(501) })).rejects.toThrow("for a reason");
    const own = { office: "admin", to: ada, by: ada } as const;
    await expect(db.transaction((tx) => roles.withdrawOffice(tx, own))).rejects.toThrow("of their own");
    expect(await roles.rolesOf(bilal)).toEqual(["member"]);
    expect(await roles.rolesOf(ada)).toEqual(["admin", "member"]);
  });
});

describe("rights", () => {
  it("follow from roles: an admin may everything, a guest nothing", async () => {
    await give({ office: "steward" });
    const may = async (viewer: Parameters<typeof roles.can>[0]) => {
      const rights = ["administer", "edit", "keep-shop", "register-clients"] as const;
      const answers = await Promise.all(rights.map((right) => roles.can(viewer, right)));
      return rights.filter((_right, index) => answers[index]);
    };
    expect(await may(aMemberViewer(ada))).toEqual(["administer", "edit", "keep-shop", "register-clients"]);
    expect(await may(aMemberViewer(bilal))).toEqual(["keep-shop", "register-clients"]);
    expect(await may(aGuest("browser"))).toEqual([]);
  });
});
