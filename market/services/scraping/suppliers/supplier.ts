import { z } from "zod";
import { selector, siteRules } from "../site-rules.ts";
import { isCron } from "./cron.ts";
import { isUrlPattern } from "./url-pattern.ts";

const address = z.url({ protocol: /^https?$/, error: "is no http address, as https://shop.example/groceries" }).max(2000);
const patterns = z
  .array(z.string().max(200).refine(isUrlPattern, "is no pattern of addresses: it begins with /, * stands for a part, ** for anything"))
  .max(50);
const host = z.string().regex(/^[a-z0-9.-]+$/, "is no name of a host, as shop.example");

const rate = z
  .strictObject({
    delaySeconds: z.number().min(0).max(600).default(2),
    jitterSeconds: z.number().min(0).max(600).default(1),
  })
  .prefault({});

const limits = z
  .strictObject({
    /** Pages of a run, listings included. */
    pages: z.int().min(1).max(100_000).default(10_000),
    listings: z.int().min(1).max(10_000).default(1000),
    /** Listings in a row that name nothing new. */
    barrenListings: z.int().min(1).max(1000).default(10),
    minutes: z
      .number()
      .min(0.01)
      .max(48 * 60)
      .default(12 * 60),
    megabytes: z.number().min(0.01).max(100_000).default(2000),
    pageMegabytes: z.number().min(0.01).max(20).default(6),
    pageSeconds: z.number().min(0.05).max(300).default(30),
    /** How long a host may ask us to wait before the run ends instead. */
    patienceMinutes: z
      .number()
      .min(0)
      .max(24 * 60)
      .default(60),
  })
  .prefault({});

const accept = z
  .strictObject({
    pricePercent: z.number().min(0).max(100).default(0),
    fields: z.array(z.enum(["stock", "name", "brand", "gtin", "ingredients"])).default([]),
    mostMissingPercent: z.number().min(0).max(100).default(50),
    mostRisePercent: z.number().min(0).max(10_000).default(50),
    mostFallPercent: z.number().min(0).max(100).default(50),
  })
  .prefault({});

/** A supplier's file: where its pages are, what they are, and how they may be asked for. docs/scraping.md explains each line. */
export const supplierFile = z.strictObject({
  supplier: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "is no short name: small letters, digits and hyphens, as green-lane")
    .max(60),
  name: z.string().min(1).max(100),
  contact: address.optional(),
  start: z.array(address).min(1, "names no page to begin with").max(50),
  hosts: z.array(host).max(20).default([]),
  listing: z.strictObject({ pages: patterns.default([]), links: selector.optional(), next: selector.optional() }).prefault({}),
  product: z.strictObject({ pages: patterns.min(1, "names no pages"), selectors: siteRules.default({}) }),
  ignoreParameters: z.array(z.string().min(1).max(60)).max(50).default([]),
  rate,
  limits,
  /** What a page's price is: what the shop asks, with VAT, or what the supplier asks of us, without. */
  prices: z.enum(["shelf", "cost"]).default("shelf"),
  schedule: z.string().refine(isCron, 'is no time as cron writes it, in UTC, as "0 4 * * 1-5"').optional(),
  accept,
});

/** A supplier as its file says. digest: of all of it; file: its path, for messages. */
export type SupplierConfig = Readonly<z.output<typeof supplierFile>> & { readonly digest: string; readonly file: string };
