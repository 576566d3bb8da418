import { APPS } from "@rose-ash/shared/models/apps.ts";
import type { GroupDoor } from "@rose-ash/shared/models/membership.ts";

const ACTIONS: Readonly<Record<string, string>> = {
  "see-admin": "look behind the counter",
  operate: "run it",
  "assert-facts": "state facts, and take them back",
  "grant-roles": "give and take roles",
  "read-audit": "read the log",
  edit: "edit",
};

const PLACES: Readonly<Record<string, string>> = {
  ...{ site: "the whole site", blog: "the blog", market: "the shop", cart: "the till" },
  ...{ events: "the calendar", federation: "the community", account: "the members’ desk" },
};

/** "run it"; a right that only somebody's assertion knows is called as it is. */
export const actionWords = (action: string) => ACTIONS[action] ?? action;
export const scopeWords = (scope: string) => PLACES[scope] ?? scope;

export const DOOR_WORDS: Readonly<Record<GroupDoor, string>> = {
  open: "Any member gets in by themselves.",
  asked: "Whoever asks waits for a steward.",
  closed: "Only who is put in, or invited.",
};

/** The whole site first, then the services in their order, then what only facts know. */
export function byScope<Row extends { readonly scope: string }>(rows: readonly Row[]): { scope: string; place: string; rows: Row[] }[] {
  const order: readonly string[] = ["site", ...APPS];
  const place = (scope: string) => (order.includes(scope) ? order.indexOf(scope) : order.length);
  return [...Map.groupBy(rows, ({ scope }) => scope)]
    .toSorted(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1))
    .map(([scope, own]) => ({ scope, place: scopeWords(scope), rows: own }));
}
