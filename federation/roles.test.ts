import { afterAll, expect, it } from "vitest";
import { openTestApp } from "../tests/app.ts";
import { listHeldRoles } from "./roles.ts";

const test = await openTestApp("federation", { seeded: true });
afterAll(() => test.close());

async function heldBy(handle: string): Promise<string[]> {
  const person = (await test.services.identity.listPeople()).find((one) => one.handle === handle);
  const held = await listHeldRoles(test.services.relations, person?.userId ?? expect.fail());
  return held.map(({ role, scope }) => `${role} of ${scope}`).sort();
}

it("names a role for the whole site once, with what it implies", async () => {
  expect(await heldBy("ada")).toEqual(["admin of site", "editor of site", "member of site", "steward of site"]);
});

it("names a role in one service with its service", async () => {
  expect(await heldBy("efua")).toEqual(["editor of market", "member of site", "steward of market"]);
});

it("calls everybody else a member", async () => {
  expect(await heldBy("hamish")).toEqual(["member of site"]);
});
