import type { SeedSeries } from "./kinds.ts";

/** Posts that are read one after the other. */
export const SERIES: readonly SeedSeries[] = [
  { slug: "the-oven", title: "The oven", description: "How it was rebuilt, what it burns, and what it bakes when the bread is out." },
  { slug: "keeping-the-books", title: "Keeping the books", description: "The treasurer shows his working." },
];
