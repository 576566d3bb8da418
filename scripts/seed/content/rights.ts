import type { Scope } from "@rose-ash/shared/contracts/relations.ts";

interface SeedRight {
  handle: string;
  role: "admin" | "steward" | "editor";
  scope: Scope;
  reason: string;
}

/** Who holds which office: the roles that open /admin. */
export const RIGHTS: readonly SeedRight[] = [
  { handle: "ada", role: "admin", scope: "site", reason: "Secretary, elected at the general meeting in May" },
  { handle: "efua", role: "steward", scope: "market", reason: "Runs the shop and the buying group" },
  { handle: "dov", role: "steward", scope: "cart", reason: "Treasurer, elected at the general meeting in May" },
  { handle: "jaswinder", role: "steward", scope: "events", reason: "Keeper of the hall" },
  { handle: "bilal", role: "editor", scope: "blog", reason: "Writes the bakery’s page" },
];
