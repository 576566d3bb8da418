import type { Menu, MenuTarget } from "@rose-ash/shared/contracts/navigation.ts";
import type { UserId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import type { GhostParts } from "./parts.ts";
import { slugFor } from "./slug-for.ts";

/** Which menu here each of Ghost's is. */
const MENUS: readonly (readonly [setting: string, menu: Menu])[] = [
  ["navigation", "primary"],
  ["secondary_navigation", "footer"],
];

const MOST_LABEL = 60;
const MOST_ITEMS = 30;
const TRIES = 3;
const settings = z.object({ settings: z.array(z.object({ key: z.string(), value: z.unknown() })) });
const items = z.array(z.object({ label: z.string(), url: z.string() }));

/** Puts the items of Ghost's menus behind those that are here; what stands there by its label or its target is left out. Gives how many came. */
export async function bringMenus(parts: GhostParts, by: UserId): Promise<number> {
  const answer = await parts.client.get("settings/", {});
  const all = answer === null ? [] : settings.parse(answer.body).settings;
  let count = 0;
  for (const [key, menu] of MENUS) {
    for (const { label, url } of readItems(all.find((one) => one.key === key)?.value)) {
      const words = label.replaceAll("\0", "").toWellFormed().trim().slice(0, MOST_LABEL);
      const target = words === "" ? null : await targetOf(parts, url);
      if (target !== null && (await add(parts, { menu, by, label: words, target }))) count++;
    }
  }
  return count;
}

function readItems(value: unknown): z.output<typeof items> {
  try {
    return items.parse(typeof value === "string" ? JSON.parse(value) : value).slice(0, MOST_ITEMS);
  } catch {
    return [];
  }
}

/** Where a link of Ghost's leads here; to Ghost's own site where nothing here is called so. Null: nowhere that a menu may lead. */
async function targetOf({ client, services }: GhostParts, written: string): Promise<MenuTarget | null> {
  const url = URL.parse(written, `${client.url}/`);
  if (url === null || !/^https?:$/.test(url.protocol) || url.hash.startsWith("#/")) return null;
  if (!url.href.startsWith(`${client.url}/`)) return { kind: "address", url: url.href };
  const path = url.href
    .slice(client.url.length)
    .replace(/[?#].*$/, "")
    .replace(/^\/|\/$/g, "");
  if (path === "") return { kind: "address", url: "/" };
  const [first = "", second] = path.split("/");
  if (first === "tag" && second !== undefined) return { kind: "address", url: `/tags/${slugFor(second)}` };
  const places = [`/${slugFor(first)}`, `/posts/${slugFor(first)}`];
  const taken = second === undefined ? await services.ghostImports.listTaken(places) : [];
  return { kind: "address", url: places.find((place) => taken.includes(place)) ?? url.href };
}

/** One item behind the others; somebody who changes the menu at the same moment is let first. */
async function add(
  { services, transaction }: GhostParts,
  { menu, by, label, target }: { menu: Menu; by: UserId; label: string; target: MenuTarget },
): Promise<boolean> {
  for (let number = 1; number <= TRIES; number++) {
    const { version, items: present } = await services.navigation.getMenu(menu);
    if (present.some((item) => item.label.toLowerCase() === label.toLowerCase() || leadsTo(item) === leadsTo({ target, page: null })))
      return false;
    const change = { kind: "add" as const, label, target };
    const { kind } = await transaction((tx) => services.navigation.changeMenu(tx, { menu, expectedVersion: version, by, change }));
    if (kind !== "conflict") return kind === "changed";
  }
  return false;
}

function leadsTo({ target, page }: { target: MenuTarget; page: { path: string } | null }): string {
  return target.kind === "address" ? target.url : `/${page?.path ?? ""}`;
}
