import type { SeedTag } from "./kinds.ts";

/** The words by which posts are found. */
export const TAGS: readonly SeedTag[] = [
  {
    slug: "bakehouse",
    name: "Bakehouse",
    description: "What goes on around the oven, from three in the morning.",
    heading: "Food",
    isDistinctive: true,
  },
  { slug: "growers", name: "Growers", description: "The people and the fields behind the shelves.", heading: "Food", isDistinctive: true },
  {
    slug: "recipes",
    name: "Recipes",
    description: "Things to cook with what is in the shop this week, tested on members.",
    heading: "Food",
    isDistinctive: true,
  },
  {
    slug: "how-we-work",
    name: "How we work",
    description: "Money, votes and minutes, in words everybody can check.",
    heading: "The house",
    isDistinctive: true,
  },
  {
    slug: "the-hall",
    name: "The hall",
    description: "Evenings, classes and gatherings in the Old Dairy.",
    heading: "The house",
    isDistinctive: true,
  },
  {
    slug: "repair",
    name: "Repair",
    description: "Mending, making do, and the tools to borrow.",
    heading: "The house",
    isDistinctive: true,
  },
  { slug: "seasons", name: "Seasons", description: "What the year is doing to us just now.", heading: "The year", isDistinctive: false },
  { slug: "members", name: "Members", description: "Who we are, told by ourselves.", heading: "The house", isDistinctive: false },
];
