import { APPS } from "../../models/apps.ts";

const MAX_LENGTH = 30;
const RESERVED: ReadonlySet<string> = new Set([...APPS, "admin", "postmaster", "root", "rose-ash", "security", "support", "webmaster"]);

/** A handle made of a name: "Zoë O'Brien" becomes "zoe-o-brien"; "member" when nothing of it can stand in a URL. */
export function handleOf(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase();
  const slug = plain
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_LENGTH)
    .replace(/^-+|-+$/g, "");
  return slug === "" ? "member" : slug;
}

/** The handle itself, or with the lowest number behind it that nobody has. Names of services and offices are nobody's. */
export function firstFreeHandle(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted) && !RESERVED.has(wanted)) return wanted;
  let number = 2;
  while (taken.has(`${wanted}-${number}`)) number += 1;
  return `${wanted}-${number}`;
}
