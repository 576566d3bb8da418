import { createHash } from "node:crypto";
import type { SeenProduct } from "@rose-ash/shared/contracts/scraping.ts";
import type { ScrapedField, ScrapedFieldName, ScrapedFields } from "@rose-ash/shared/models/scraping.ts";
import { readProduct } from "../extract-product.ts";
import { MEASURED } from "../measured-weights.ts";
import { decodePage } from "../page/charset.ts";
import type { Product } from "../product.ts";
import type { SupplierConfig } from "../suppliers/supplier.ts";
import { addressOf, kindOf } from "./addresses.ts";
import { isChallenge } from "./is-challenge.ts";

/** Raised whenever reading changes what it finds: pages that stayed the same are read again from what was kept of them. */
const EXTRACTOR = "1";
const LONGEST_SKU = 100;
const MOST_IMAGES = 12;

/** What a product's page came to. isAssumedSku: it names no number. brokenScripts: JSON-LD that had to be read leniently. */
export type ReadProduct =
  | {
      readonly kind: "product";
      readonly seen: Omit<SeenProduct, "supplierId" | "pageUrl">;
      readonly isAssumedSku: boolean;
      readonly brokenScripts: number;
    }
  | { readonly kind: "no-product"; readonly brokenScripts: number }
  | { readonly kind: "captcha" };

/** What an extractor finds depends on: its own version, its weights and the supplier's selectors. */
export function extractorVersionOf({ product: { selectors } }: SupplierConfig): string {
  return `${EXTRACTOR}.${createHash("sha256")
    .update(JSON.stringify([MEASURED, selectors]))
    .digest("hex")
    .slice(0, 12)}`;
}

/** Reads the product of a page. url: where it was found in the end. */
export function readProductPage(bytes: Buffer, contentType: string, url: URL, supplier: SupplierConfig): ReadProduct {
  const html = decodePage(bytes, contentType);
  const { product, page } = readProduct(html, url.href, { rules: supplier.product.selectors });
  const isProduct = product.name !== null && (product.price !== null || product.gtin !== null || isStated(product, "sku"));
  if (isChallenge(page, html, product.name !== null && product.price !== null)) return { kind: "captcha" };
  const brokenScripts = page.scripts.filter(({ type, text }) => /ld\+json/.test(type) && !isJson(text)).length;
  if (!isProduct) return { kind: "no-product", brokenScripts };
  const canonical = addressOf(page.canonical.href, url, supplier);
  const address = canonical !== null && kindOf(canonical, supplier) === "product" ? canonical : url;
  const sku = product.sku ?? product.gtin;
  return {
    kind: "product",
    isAssumedSku: sku === null,
    brokenScripts,
    seen: {
      sku: (sku ?? pathAsSku(address)).slice(0, LONGEST_SKU),
      url: address.href,
      fields: fieldsOf(product),
      doubts: product.doubts,
      extractorVersion: extractorVersionOf(supplier),
    },
  };
}

function isStated({ sources }: Product, field: "sku"): boolean {
  return sources[field] !== undefined && sources[field].source !== "page" && sources[field].source !== "url";
}

/** Whoever names no number is known by the address. */
function pathAsSku({ pathname, search }: URL): string {
  const path = pathname + search;
  return path.length <= LONGEST_SKU ? path : `${path.slice(0, 60)}~${createHash("sha256").update(path).digest("hex").slice(0, 32)}`;
}

function fieldsOf(product: Product): ScrapedFields {
  const { sources } = product;
  const field = (name: Exclude<ScrapedFieldName, "images">): [string, ScrapedField][] => {
    const value = product[name];
    const from = sources[name];
    return value === null || from === undefined ? [] : [[name, { value: value.replaceAll("\0", ""), ...from }]];
  };
  const images: [string, ScrapedField][] =
    sources.images === undefined ? [] : [["images", { value: product.images.slice(0, MOST_IMAGES), ...sources.images }]];
  const names = ["name", "price", "currency", "gtin", "brand", "availability", "ingredients"] as const;
  return Object.fromEntries([...names.flatMap(field), ...images]);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return text.trim() === "";
  }
}
