import type { Reader } from "@rose-ash/shared/contracts/statuses.ts";

const FOR_ALL = [{ name: "Members", url: "/local" }];
const FOR_MEMBERS = [
  { name: "Home", url: "/" },
  ...FOR_ALL,
  { name: "Direct", url: "/direct" },
  { name: "Bookmarks", url: "/bookmarks" },
  { name: "Likes", url: "/likes" },
  { name: "Lists", url: "/lists" },
  { name: "People", url: "/people" },
  { name: "The co-op", url: "/board" },
];

/** The views of the hub; a guest has the board at its front. */
export function tabsOf(path: string, reader: Reader | null): readonly { name: string; url: string; isCurrent: boolean }[] {
  const tabs = reader === null ? [{ name: "The co-op", url: "/" }, ...FOR_ALL] : FOR_MEMBERS;
  return tabs.map((tab) => ({ ...tab, isCurrent: tab.url === path }));
}
