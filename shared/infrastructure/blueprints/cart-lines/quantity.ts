import { z } from "zod";
import { MAX_LINE_QUANTITY } from "../../../models/cart.ts";

/** A typed quantity from `min` to MAX_LINE_QUANTITY; its messages are for the person. */
export function typedQuantity(min: 0 | 1) {
  const range = `Type a whole number from ${min} to ${MAX_LINE_QUANTITY}.`;
  return z
    .string({ error: "Say how many you would like." })
    .trim()
    .regex(/^-?\d{1,15}$/, range)
    .transform(Number)
    .pipe(z.int().min(min, range).max(MAX_LINE_QUANTITY, `A cart holds at most ${MAX_LINE_QUANTITY} of one thing.`));
}

/** Where to go on: checked by localPath, so that anything else just falls back. */
export const next = z.string().optional().catch(undefined);
