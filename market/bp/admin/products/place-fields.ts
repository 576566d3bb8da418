import type { Placement, ProductForEditing, Variant } from "@rose-ash/shared/contracts/shelf.ts";
import type { CategoryId, ProductGroupId } from "@rose-ash/shared/models/ids.ts";
import { idsOf } from "../several.ts";
import type { Form } from "./form.ts";

const ID = /^[1-9]\d{0,14}$/;
const MOST_WORDS = 100;

/** Where a form says that a product stands, and of what it is a pack. wrong: messages by field. */
export function readPlace(shelves: readonly string[], typed: Form): { place: Placement; wrong: Readonly<Record<string, string>> } {
  const variant = readVariant(typed);
  const place: Placement = {
    categoryIds: idsOf(shelves) as readonly CategoryId[],
    ...(variant === "wrong" ? {} : { variant }),
  };
  return { place, wrong: variant === "wrong" ? { groupName: "Say of what it is a pack, and what this pack is called." } : {} };
}

/** What the controls say: as typed, or as it stands. */
export function placeValues({ variant, categoryIds }: ProductForEditing, again: { typed: Form; shelves: readonly string[] } | null) {
  if (again) {
    const { typed, shelves } = again;
    return {
      ...{ group: typed["group"] ?? "", groupName: typed["groupName"] ?? "", variantName: typed["variantName"] ?? "" },
      ...{ isLead: typed["isLead"] === "yes", shelves: idsOf(shelves) },
    };
  }
  return {
    ...{ group: variant ? String(variant.groupId) : "", groupName: "", variantName: variant?.name ?? "" },
    ...{ isLead: variant?.isLead ?? false, shelves: categoryIds },
  };
}

function readVariant(typed: Form): Variant | null | "wrong" {
  const group = typed["group"] ?? "";
  if (group === "") return null;
  const name = wordsOf(typed["variantName"]);
  const groupName = wordsOf(typed["groupName"]);
  const isLead = typed["isLead"] === "yes";
  if (name === "") return "wrong";
  if (group === "new") return groupName === "" ? "wrong" : { group: { name: groupName }, name, isLead };
  return ID.test(group) ? { group: Number(group) as ProductGroupId, name, isLead } : "wrong";
}

function wordsOf(typed = ""): string {
  return typed.replaceAll("\u0000", "").trim().slice(0, MOST_WORDS);
}
