import { MENUS, type MenuTarget } from "@rose-ash/shared/contracts/navigation.ts";
import type { PageId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";

export const menuParams = z.object({ menu: z.enum(MENUS) });
export const itemParams = menuParams.extend({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) });
export type MenuParams = z.output<typeof menuParams>;
export type ItemParams = z.output<typeof itemParams>;

const typed = z
  .string()
  .max(2_000)
  .catch("")
  .default("")
  .transform((text) => text.replaceAll("\0", "").trim());

/** What every form of a menu carries: the state of it that its editor saw. */
export const versionBody = z.object({ version: typed });
export const orderBody = versionBody.extend({ order: typed });
export const moveBody = versionBody.extend({ direction: z.enum(["up", "down"]) });
/** page: the id of a page, or "" where the item leads to the address in url. */
export const itemBody = versionBody.extend({ label: typed, page: typed, url: typed });
export type ItemBody = z.output<typeof itemBody>;

export interface FieldError {
  field: "label" | "page" | "url";
  message: string;
}

const LABEL_LENGTH = 60;

/** An item as it was typed, or what is wrong with it. */
export function readItem({ label, page, url }: ItemBody): { label: string; target: MenuTarget } | { errors: readonly FieldError[] } {
  const errors: FieldError[] = [];
  if (label === "") errors.push({ field: "label", message: "Say what stands in the menu." });
  if (label.length > LABEL_LENGTH) errors.push({ field: "label", message: `At most ${LABEL_LENGTH} characters: a menu is narrow.` });
  if (page !== "" && !/^\d{1,15}$/.test(page)) errors.push({ field: "page", message: "Choose a page from the list." });
  if (page === "" && !isAddress(url)) {
    errors.push({ field: "url", message: "Choose a page, or give an address: a path like /posts, or one that begins with https://." });
  }
  if (errors.length > 0) return { errors };
  return { label, target: page === "" ? { kind: "address", url } : { kind: "page", pageId: Number(page) as PageId } };
}

/** A path of this site, or a whole web address. Two slashes would lead to a host of somebody else's. */
function isAddress(url: string): boolean {
  if (/[\s\\]/.test(url)) return false;
  if (url.startsWith("/")) return !url.startsWith("//");
  return /^https?:\/\//.test(url) && URL.canParse(url);
}
