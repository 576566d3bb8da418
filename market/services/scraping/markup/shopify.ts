import { candidate } from "../candidates.ts";
import type { Page } from "../page/parse-page.ts";
import type { Candidate } from "../product.ts";
import type { Json } from "./lenient-json.ts";

type JsonObject = { readonly [key: string]: Json };

/** A product as Shopify's themes hold it: prices in cents where they are whole numbers; the variant that the address names, else one to be had, else the first. */
export function readShopify(object: JsonObject, { url }: Page): Candidate[] {
  const variants = Array.isArray(object["variants"]) ? object["variants"].filter(isObject) : [];
  if (variants.length === 0 || !("handle" in object || "vendor" in object)) return [];
  const asked = url.searchParams.get("variant");
  const variant =
    variants.find(({ id }) => asked !== null && String(id) === asked) ??
    variants.find(({ available }) => available === true) ??
    variants[0];
  if (!variant) return [];
  const { price, available } = variant;
  const amount = typeof price === "number" && Number.isInteger(price) ? (price / 100).toFixed(2) : typeof price === "string" ? price : null;
  return [
    ...candidate("price", amount && /^\d+(?:\.\d+)?$/.test(amount) ? amount : null, "state", "shopify"),
    ...candidate("sku", textOrNull(variant["sku"]), "state", "shopify"),
    ...candidate("gtin", textOrNull(variant["barcode"]), "state", "shopify"),
    ...candidate("brand", textOrNull(object["vendor"]), "state", "shopify"),
    ...candidate("availability", typeof available === "boolean" ? (available ? "InStock" : "OutOfStock") : null, "state", "shopify"),
  ];
}

const textOrNull = (value: Json | undefined) => (typeof value === "string" ? value : null);
const isObject = (value: Json): value is JsonObject => value !== null && typeof value === "object" && !Array.isArray(value);
