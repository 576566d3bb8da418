import { z } from "zod";

/**
 * A picture as a page shows it. url is a path that every host serves, of a size fit for a page; width and height are of the picture
 * in full, in pixels. sources: the same in other formats and sizes, best format first, each with its srcset. The focal point, in
 * percent, stays visible where a frame cuts the picture.
 */
export const picture = z
  .object({
    url: z.string(),
    alt: z.string(),
    width: z.number().int(),
    height: z.number().int(),
    sources: z.array(z.object({ type: z.string(), srcset: z.string() }).readonly()).readonly(),
    focalX: z.number().int().min(0).max(100),
    focalY: z.number().int().min(0).max(100),
  })
  .readonly();
export type Picture = z.output<typeof picture>;

/** A word with an address. */
export const link = z.object({ name: z.string(), url: z.string() }).readonly();

/** One step of a list in pages: which page this is, from 1, and of how many. */
export const paging = z.object({ page: z.number().int().min(1), pageCount: z.number().int().min(1) }).readonly();
export type Paging = z.output<typeof paging>;
