import { z } from "zod";
import type { OrderCycleId } from "../models/ids.ts";
import { picture } from "./dto.ts";

/** Price of a kilogram, a litre or a piece, in minor units, rounded half up. */
export const unitPrice = z.object({ minor: z.number().int(), per: z.enum(["kg", "l", "piece"]) }).readonly();

/**
 * How far the shares of what comes in cases have been taken, by carts and orders. size: pieces in a case; full: cases that are;
 * inCase: pieces taken of the one after them; missing: pieces until it is full, too.
 */
export const caseProgress = z
  .object({ size: z.number().int(), full: z.number().int(), inCase: z.number().int(), missing: z.number().int() })
  .readonly();
export type CaseProgress = z.output<typeof caseProgress>;

/**
 * How a product can be had by order: in the cycle that closes next, or, where none is open (isOpen false), in the one that opens
 * next. shares null: it comes singly. left: pieces that can still be ordered; null: no limit. Times are shown in zone.
 */
export const cycleOffer = z
  .object({
    cycleId: z.custom<OrderCycleId>((id) => Number.isSafeInteger(id)),
    name: z.string(),
    zone: z.string(),
    opensAt: z.date(),
    closesAt: z.date(),
    isOpen: z.boolean(),
    shares: caseProgress.nullable(),
    left: z.number().int().nullable(),
  })
  .readonly();
export type CycleOffer = z.output<typeof cycleOffer>;

/**
 * A product in a list. priceMinor includes VAT; packSize is in words: "500 g". packs: the same thing comes in several, the cheapest
 * at fromMinor, isAvailable when some pack is in stock and isOrderable when some can be ordered; null: in this one only.
 * isAvailable: in stock. order: how it can be had otherwise. soldTo: the groups that it is for; null: for everybody.
 */
export const productCard = z
  .object({
    url: z.string(),
    slug: z.string(),
    name: z.string(),
    brand: z.string(),
    priceMinor: z.number().int(),
    currency: z.string(),
    unitPrice: unitPrice.nullable(),
    packSize: z.string(),
    membersPriceMinor: z.number().int().nullable(),
    packs: z
      .object({ count: z.number().int(), fromMinor: z.number().int(), isAvailable: z.boolean(), isOrderable: z.boolean() })
      .readonly()
      .nullable(),
    labels: z.array(z.string()).readonly(),
    picture: picture.nullable(),
    isAvailable: z.boolean(),
    order: cycleOffer.nullable(),
    soldTo: z.array(z.string()).readonly().nullable(),
  })
  .readonly();
export type ProductCard = z.output<typeof productCard>;
