import { type Cache, Kept } from "../cache/index.ts";

const NEAR_BYTES = 8 * 1024 * 1024;

/** The html of fragments. nearBytes: how much of it this process holds. */
export function keepFragments(cache: Cache, nearBytes = NEAR_BYTES): Kept<string> {
  return new Kept<string>({ cache, pack: asItIs, unpack: asItIs, sizeOf: (html) => html.length, maxBytes: nearBytes });
}

const asItIs = (html: string) => html;
