import type { MarketPlaceId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";

const number = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** A place's id in an address; the pattern keeps everything else from being found. */
export const PLACE_PATH = "/admin/places/:id(^[1-9]\\d{0,14}$)";
export const placeParams = z.object({ id: number.transform((id) => id as MarketPlaceId) });
export type PlaceParams = z.output<typeof placeParams>;

/** A line of text as somebody typed it. */
export const typed = z
  .string()
  .catch("")
  .default("")
  .transform((text) => text.replaceAll("\u0000", "").trim());

export const direction = z.enum(["up", "down"]);

/** All of a form, as it came. */
export const anyForm = z.record(z.string(), z.string().catch(""));
export type AnyForm = z.output<typeof anyForm>;

/** What is wrong with a form, and with which field. */
export interface FormError {
  field: string;
  message: string;
}
