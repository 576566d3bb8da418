import { z } from "zod";

/** A picture as a page shows it. url is a path that every host serves. */
export const picture = z.object({ url: z.string(), alt: z.string(), width: z.number().int(), height: z.number().int() }).readonly();
export type Picture = z.output<typeof picture>;

/** A word with an address. */
export const link = z.object({ name: z.string(), url: z.string() }).readonly();

/** One step of a list in pages: which page this is, from 1, and of how many. */
export const paging = z.object({ page: z.number().int().min(1), pageCount: z.number().int().min(1) }).readonly();
export type Paging = z.output<typeof paging>;
