import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { aMember } from "../../../tests/builders/publication.ts";
import { newDatabase } from "../../../tests/database.ts";
import type { OfficeGrant } from "../../contracts/roles.ts";
import { openDb } from "../../infrastructure/db.ts";
import { users } from "../../models/identity.ts";
import type { UserId } from "../../models/ids.ts";
import { relationFacts } from "../../models/relation-facts.ts";
import { makeRelationsService } from "../relations/index.ts";
import { makeRolesService } from "./index.ts";

const db = openDb(await newDatabase(), 4);
afterAll(() => db.close());
let now = new Date();
const deps = { db, clock: { now: () => now }, publicUrl: (_app: string, path: string) => path, timeZone: "Europe/London" };
const relations = makeRelationsService(deps);
const roles = makeRolesService(deps, relations);
let ada: UserId;
let bilal: UserId;

beforeEach(async () => {
  now = new Date();
  await db.delete(relationFacts);
  await db.delete(users);
  ada = await aMember(db, { handle: "ada", name: "Ada" });
  bilal = await aMember(db, { handle: "bilal", name: "Bilal" });
  await give({ office: "admin", to: ada, by: null });
});

function give(given: Partial<OfficeGrant>): Promise<void> {
  const grant: OfficeGrant = { office: "editor", scope: "site", to: bilal, by: ada, reason: "Elected in May", expiresAt: null, ...given };
  return db.transaction((tx) => roles.grantOffice(tx, grant));
}

const heldBy = async (userId: UserId) => (await roles.rolesOf(userId)).map(({ role, scope }) => `${role} of ${scope}`);

describe("roles", () => {
  it("are member for everybody with an account, and nothing for nobody", async () => {
    expect(await heldBy(bilal)).toEqual(["member of site"]);
    expect(await heldBy(999_999 as UserId)).toEqual([]);
  });

  it("hold once, whoever gave the office, and end with a withdrawal from all of them", async () => {
    await give({});
    await give({ by: null });
    await give({ office: "steward", scope: "market" });
    await give({ office: "steward", scope: "events" });
    expect(await heldBy(bilal)).toEqual(["member of site", "steward of events", "steward of market", "editor of site"]);
    await db.transaction((tx) => roles.withdrawOffice(tx, { office: "editor", scope: "site", to: bilal, by: ada }));
    expect(await heldBy(bilal)).toEqual(["member of site", "steward of events", "steward of market"]);
    expect(await heldBy(ada)).toEqual(["member of site", "admin of site"]);
  });

  it("open what they permit, where they hold, as soon as they are given and no longer", async () => {
    await give({ office: "steward", scope: "market" });
    expect(await relations.may(bilal, "see-admin", "market")).toBe(true);
    expect(await relations.may(bilal, "see-admin", "cart")).toBe(false);
    await db.transaction((tx) => roles.withdrawOffice(tx, { office: "steward", scope: "market", to: bilal, by: ada }));
    expect(await relations.may(bilal, "see-admin", "market")).toBe(false);
  });

  it("end by their time", async () => {
    await give({ expiresAt: new Date(now.getTime() + 60_000) });
    expect(await heldBy(bilal)).toContain("editor of site");
    now = new Date(now.getTime() + 60_000);
    expect(await heldBy(bilal)).toEqual(["member of site"]);
  });

  it("are given by who may grant them, never to oneself, and for a reason", async () => {
    await expect(give({ by: bilal, to: ada })).rejects.toThrow("given and taken by admins");
    await expect(give({ to: ada, office: "steward" })).rejects.toThrow("of their own");
    await expect(give({ reason: "  " })).rejects.toThrow("for a reason");
    await expect(give({ reason: "x".repeat(501) })).rejects.toThrow("for a reason");
    const own = { office: "admin", scope: "site", to: ada, by: ada } as const;
    await expect(db.transaction((tx) => roles.withdrawOffice(tx, own))).rejects.toThrow("of their own");
    expect(await heldBy(bilal)).toEqual(["member of site"]);
    expect(await heldBy(ada)).toEqual(["member of site", "admin of site"]);
  });
});
