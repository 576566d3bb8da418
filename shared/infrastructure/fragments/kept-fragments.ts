import { z } from "zod";
import { type Cache, Kept } from "../cache/index.ts";

const NEAR_BYTES = 8 * 1024 * 1024;

/** The html of fragments. nearBytes: how much of it this process holds. */
export function keepFragments(cache: Cache, nearBytes = NEAR_BYTES): Kept<string> {
  return new Kept<string>({ cache, schema: z.string(), sizeOf: (html) => html.length, maxBytes: nearBytes });
}
