import type { ShelfFields, ShelfSaved } from "@rose-ash/shared/contracts/shelves.ts";
import type { CategoryId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { idsOf, severalOf } from "../several.ts";

const text = (longest: number) =>
  z
    .string()
    .catch("")
    .default("")
    .transform((typed) => typed.replaceAll("\u0000", "").replaceAll("\r\n", "\n").trim().slice(0, longest));

/** A shelf's form. wholes: ids of the shelves that it is a part of. */
export const shelfBody = z.object({ name: text(100), slug: text(100), description: text(2_000), wholes: severalOf });
export type ShelfBody = z.output<typeof shelfBody>;

/** A shelf's id in an address. */
export const SHELF_ROUTE = "/admin/shelves/:id(^[1-9]\\d{0,14}$)";
export const shelfParams = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
export type ShelfParams = z.output<typeof shelfParams>;

/** A form that comes back: what was typed, and what is wrong. */
export interface ShelfAgain {
  values: ShelfBody;
  messages: Readonly<Record<string, string>>;
}

export function shelfFieldsOf({ wholes, ...words }: ShelfBody): ShelfFields {
  return { ...words, wholes: idsOf(wholes) as readonly CategoryId[] };
}

/** What is wrong with it before anybody is asked. */
export function shelfMessages({ name, slug }: ShelfBody): Readonly<Record<string, string>> {
  return {
    ...(name === "" ? { name: "A shelf has a name." } : {}),
    ...(slug !== "" && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) ? { slug: "Small letters, digits and hyphens between them." } : {}),
  };
}

/** Why it was not saved. */
export function refusalOf(saved: Exclude<ShelfSaved, { kind: "saved" | "gone" }>, name: string): Readonly<Record<string, string>> {
  if (saved.kind === "slug-taken") return { slug: `Another shelf is at “${saved.slug}” already.` };
  const [first] = saved.names;
  if (first === undefined) return { wholes: "Somebody moved these shelves meanwhile: like this, one would be a part of itself." };
  if (first === name) return { wholes: `“${name}” can’t be a part of itself.` };
  return {
    wholes: `“${name}” can’t be a part of ${saved.names.map((one) => `“${one}”`).join(" and ")}: that is a part of “${name}” already.`,
  };
}
