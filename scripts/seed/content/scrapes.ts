/** The supplier whose pages are read, and where they are. */
export const READ_SUPPLIER = "plain-harbour";
export const READ_ORIGIN = "https://shop.plain-harbour.example";

/** How many days ago its pages were read before; what they said then is what holds. */
export const EARLIER_READS: readonly number[] = [29, 22, 15, 8];

/** How many of its products its pages show: enough to look at, and read in a moment. */
export const READ_PRODUCTS = 12;

/** How many of its products still say whether they can be had: the others were redrawn without. */
export const SAY_AVAILABILITY = 3;

/** What the last read found otherwise, by the place of the product among the supplier's: a part of its price, sold out, or not there. */
export const OTHERWISE: readonly { at: number; pricePart?: number; isSoldOut?: true; isMissing?: true }[] = [
  { at: 0, pricePart: 1.04 },
  { at: 1, isSoldOut: true },
  { at: 3, pricePart: 0.9 },
  { at: 4, pricePart: 4 },
  { at: 5, isMissing: true },
];

/** What it sells that is on no shelf of ours. price: as its pages write it. */
export const NEW_THERE: readonly { sku: string; name: string; brand: string; price: string }[] = [
  { sku: "PH-BUTTER-BEANS-500", name: "Butter beans, 500 g", brand: "Plain Harbour", price: "2.35" },
  { sku: "PH-TAHINI-300", name: "Light tahini, 300 g", brand: "Olive Hands", price: "4.10" },
];
