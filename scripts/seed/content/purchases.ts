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
  { code: "OD-4WKN-6TQB", holder: "carys", entry: "oven-supper" },
  { code: "OD-8RXM-3JVD", holder: "dov", entry: "oven-supper" },
  { code: "OD-2GZP-9HCK", holder: "efua", entry: "oven-supper" },
  { code: "OD-6LBT-4NWF", holder: "grace", entry: "oven-supper" },
  { code: "OD-7DQS-5MXR", holder: "hamish", entry: "oven-supper" },
  { code: "OD-9VJH-2KZG", holder: "ines", entry: "oven-supper" },
  { code: "OD-3PNC-8BLT", holder: "jaswinder", entry: "oven-supper" },
  { code: "OD-5FWK-7RQD", holder: "leonie", entry: "oven-supper" },
  { code: "OD-8MTX-6GHS", holder: "hamish", entry: "bread-class" },
  { code: "OD-4ZVB-3JCP", holder: "ines", entry: "bread-class" },
  { code: "OD-7HKR-9NDL", holder: "kit", entry: "film-night" },
] as const;

/** Whom the shop pays. */
export const MERCHANT = { code: "MROSEASH", name: "Rose Ash Co-operative" } as const;
