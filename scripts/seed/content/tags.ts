import type { SeedTag } from "./kinds.ts";

/** The words by which posts are found. */
export const TAGS: readonly SeedTag[] = [
  { slug: "bakehouse", name: "Bakehouse", description: "What goes on around the oven, from three in the morning." },
  { slug: "growers", name: "Growers", description: "The people and the fields behind the shelves." },
  { slug: "recipes", name: "Recipes", description: "Things to cook with what is in the shop this week, tested on members." },
  { slug: "how-we-work", name: "How we work", description: "Money, votes and minutes, in words everybody can check." },
  { slug: "the-hall", name: "The hall", description: "Evenings, classes and gatherings in the Old Dairy." },
  { slug: "repair", name: "Repair", description: "Mending, making do, and the tools to borrow." },
  { slug: "seasons", name: "Seasons", description: "What the year is doing to us just now." },
  { slug: "members", name: "Members", description: "Who we are, told by ourselves." },
];
