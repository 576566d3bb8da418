import type { z } from "zod";
import type { unitPrice } from "../../contracts/market.ts";
import type { PackUnit } from "../../models/market.ts";

/** What a pack holds and costs. */
export interface Pack {
  priceMinor: number;
  packAmount: number;
  packUnit: PackUnit;
}

const BASE = { g: { per: "kg", amount: 1000 }, ml: { per: "l", amount: 1000 }, piece: { per: "piece", amount: 1 } } as const;

/** The price of a kilogram, a litre or a piece, rounded half up; null for a pack of one piece, whose price says it already. */
export function unitPriceOf({ priceMinor, packAmount, packUnit }: Pack): z.output<typeof unitPrice> | null {
  if (packUnit === "piece" && packAmount === 1) return null;
  const { per, amount } = BASE[packUnit];
  return { minor: divideHalfUp(priceMinor * amount, packAmount), per };
}

/** A pack in words: "400 g", "1.5 kg", "750 ml", "6 pieces", "each". */
export function packSizeOf({ packAmount, packUnit }: Omit<Pack, "priceMinor">): string {
  if (packUnit === "piece") return packAmount === 1 ? "each" : `${packAmount} pieces`;
  if (packAmount < 1000) return `${packAmount} ${packUnit}`;
  return `${packAmount / 1000} ${BASE[packUnit].per}`;
}

/** In whole numbers, so that 0.5 is met exactly. Both are >= 0, divisor > 0. */
function divideHalfUp(dividend: number, divisor: number): number {
  return Math.floor((2 * dividend + divisor) / (2 * divisor));
}
