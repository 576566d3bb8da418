import type { RelationsDeclaration } from "@rose-ash/shared/infrastructure/relations/index.ts";

const ASSERTED_BY_STAFF = { assertedBy: "assert-facts", seenBy: "everyone" } as const;

/** Shelves, what is in a product, what may be said of it, and what can take its place. */
export const relations: RelationsDeclaration = {
  owner: "market",
  folder: import.meta.dirname,
  purges: ["shop"],
  materialised: {
    file: "shelves.dl",
    relations: {
      broader: {
        columns: ["category", "whole"],
        says: "{category} is a part of {whole}",
        ceiling: 5_000,
        isExported: true,
        ...ASSERTED_BY_STAFF,
        projections: [
          {
            name: "shelves and what they are parts of",
            kinds: ["category", "category"],
            select: "select category_id as c0, parent_id as c1 from category_parents",
            watches: "category_parents",
          },
        ],
      },
      made_from: { columns: ["ingredient", "part"], says: "{ingredient} is made from {part}", ceiling: 20_000, ...ASSERTED_BY_STAFF },
      allergen_of: { columns: ["ingredient", "allergen"], says: "{ingredient} brings {allergen}", ceiling: 10_000, ...ASSERTED_BY_STAFF },
      of_animal: { columns: ["ingredient"], says: "{ingredient} comes from an animal", ceiling: 10_000, ...ASSERTED_BY_STAFF },
      category_label: {
        columns: ["category", "label"],
        says: "everything in {category} is {label}",
        ceiling: 5_000,
        ...ASSERTED_BY_STAFF,
      },
      brings: {
        columns: ["ingredient", "allergen"],
        says: "whatever holds {ingredient} holds {allergen}",
        ceiling: 20_000,
        isExported: true,
        seenBy: "everyone",
      },
      of_animal_within: {
        columns: ["ingredient"],
        says: "{ingredient} holds something from an animal",
        ceiling: 20_000,
        isExported: true,
        seenBy: "everyone",
      },
      shelf_label: {
        columns: ["category", "label"],
        says: "whatever stands in {category} is {label}",
        ceiling: 10_000,
        isExported: true,
        seenBy: "everyone",
      },
    },
  },
  // exported would mean kept whole for every product: lists choose by shelf_entries, which joins what is exported above
  onDemand: {
    file: "food.dl",
    relations: {
      contains: {
        columns: ["product", "ingredient"],
        says: "{product} contains {ingredient}",
        ...ASSERTED_BY_STAFF,
        projections: [{ name: "recipes", kinds: ["product", "text"], select: "select id as c0, unnest(recipe) as c1 from products" }],
      },
      category: {
        columns: ["product", "category"],
        says: "{product} stands in {category}",
        seenBy: "everyone",
        projections: [
          {
            name: "products on shelves",
            kinds: ["product", "category"],
            select: "select product_id as c0, category_id as c1 from product_categories",
          },
        ],
      },
      allergen: {
        columns: ["product", "allergen"],
        says: "{product} contains or may contain {allergen}",
        ...ASSERTED_BY_STAFF,
        projections: [
          {
            name: "allergens on the label",
            kinds: ["product", "text"],
            select: "select id as c0, unnest(contains || may_contain) as c1 from products",
          },
        ],
      },
      allergens_stated: {
        columns: ["product"],
        says: "somebody has stated the allergens of {product}",
        seenBy: "everyone",
        projections: [{ name: "stated allergens", kinds: ["product"], select: "select id as c0 from products where are_allergens_stated" }],
      },
      holds_by: {
        columns: ["product", "allergen", "ingredient"],
        says: "{product} contains {allergen} by its {ingredient}",
        seenBy: "everyone",
      },
      from_plants: { columns: ["product"], says: "all of {product} is known, and nothing of it is from an animal", seenBy: "everyone" },
      animal: { columns: ["product"], says: "{product} contains something from an animal", seenBy: "everyone" },
      ingredients_known: {
        columns: ["product"],
        says: "all ingredients of {product} are known",
        ...ASSERTED_BY_STAFF,
        projections: [{ name: "whole recipes", kinds: ["product"], select: "select id as c0 from products where is_recipe_whole" }],
      },
      label: {
        columns: ["product", "label"],
        says: "{product} is {label}",
        ...ASSERTED_BY_STAFF,
        projections: [
          { name: "labels of products", kinds: ["product", "text"], select: "select id as c0, unnest(labels) as c1 from products" },
        ],
      },
      denied_label: { columns: ["product", "label"], says: "{product} may not be called {label}", ...ASSERTED_BY_STAFF },
      diet: { columns: ["label"], says: "{label} is something that people must be able to rely on", seenBy: "everyone" },
      same_kind: {
        columns: ["product", "other"],
        says: "{product} and {other} are of a kind",
        ...ASSERTED_BY_STAFF,
        projections: [
          {
            name: "products on the same shelf",
            kinds: ["product", "product"],
            select: `select here.product_id as c0, there.product_id as c1 from product_categories here
              join product_categories there on there.category_id = here.category_id and there.product_id <> here.product_id`,
          },
        ],
      },
      in_stock: {
        columns: ["product"],
        says: "{product} is in stock",
        seenBy: "everyone",
        projections: [{ name: "stock", kinds: ["product"], select: "select id as c0 from products where for_sale > 0" }],
      },
      lacks: { columns: ["product", "other"], says: "{other} lacks a label that {product} has", seenBy: "everyone" },
      adds_allergen: { columns: ["product", "other"], says: "{other} has an allergen that {product} has not", seenBy: "everyone" },
      substitute: { columns: ["product", "instead"], says: "{instead} can take the place of {product}", ...ASSERTED_BY_STAFF },
    },
  },
};
