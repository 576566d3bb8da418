/** One order of Ada's, paid and waiting to be fetched. */
export const ORDER = {
  reference: "RA-7KQ2-M4XD",
  buyer: "ada",
  daysAgo: 2,
  lines: [
    { product: "rye-sourdough", quantity: 1 },
    { product: "six-eggs", quantity: 2 },
    { product: "harrow-hard", quantity: 1 },
    { product: "bunched-carrots", quantity: 2 },
  ],
} as const;

/** Places that members hold at the next of these entries, by the first kind of ticket. */
export const TICKETS = [
  { code: "OD-9FKT-2WQH", holder: "ada", entry: "bread-class" },
  { code: "OD-3XMB-7RNV", holder: "ada", entry: "oven-supper" },
  { code: "OD-5HCP-8DZL", holder: "bilal", entry: "oven-supper" },
] as const;

/** Whom the shop pays. */
export const MERCHANT = { code: "MROSEASH", name: "Rose Ash Co-operative" } as const;
