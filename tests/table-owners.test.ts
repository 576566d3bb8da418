import { globSync } from "node:fs";
import { join } from "node:path";
import { getTableName, isTable } from "drizzle-orm";
import { expect, it } from "vitest";
import * as account from "../account/models/index.ts";
import * as blog from "../blog/models/index.ts";
import * as cart from "../cart/models/index.ts";
import * as events from "../events/models/index.ts";
import * as federation from "../federation/models/index.ts";
import * as market from "../market/models/index.ts";
import { ROOT } from "../scripts/processes.ts";

/** Tables of the platform itself: infrastructure writes them, for whichever service it runs in. */
const PLATFORM = ["rate_limits", "relation_facts", "relation_changes", "relation_tuples", "audit_entries", "outgoing_state"];

it("gives every table to exactly one service, or to the platform", async () => {
  const owned = [account, blog, cart, events, federation, market].flatMap((models) => tablesOf(models));
  const files = globSync("shared/models/*.ts", { cwd: ROOT }).filter((file) => !file.endsWith(".test.ts"));
  const all = await Promise.all(files.map(async (file) => tablesOf(await import(join(ROOT, file)))));
  expect([...owned, ...PLATFORM].sort()).toEqual(all.flat().sort());
});

function tablesOf(models: object): string[] {
  return Object.values(models).filter(isTable).map(getTableName);
}
