import type { SupplierConfig } from "../suppliers/supplier.ts";
import { fitsPattern } from "../suppliers/url-pattern.ts";

/** What campaigns add to addresses: the same page without it. */
const CAMPAIGN = /^(?:utm_\w+|fbclid|gclid|msclkid|mc_[ce]id)$/;
const LONGEST = 2000;

/** An address as it is kept: without fragment, credentials and what says nothing. Null: none of the supplier's hosts, or no address. */
export function addressOf(href: string, base: URL, supplier: SupplierConfig): URL | null {
  const url = URL.parse(href.trim(), base.href);
  if (url === null || !/^https?:$/.test(url.protocol) || !hostsOf(supplier).has(url.host)) return null;
  url.hash = "";
  url.username = "";
  url.password = "";
  for (const name of [...url.searchParams.keys()])
    if (CAMPAIGN.test(name) || supplier.ignoreParameters.includes(name)) url.searchParams.delete(name);
  return url.href.length <= LONGEST ? url : null;
}

/** What a page at this address is; null: nothing that a run reads. */
export function kindOf(url: URL, { product, listing }: SupplierConfig): "product" | "listing" | null {
  if (product.pages.some((pattern) => fitsPattern(pattern, url))) return "product";
  return listing.pages.some((pattern) => fitsPattern(pattern, url)) ? "listing" : null;
}

/** The hosts that a run may ask, with their ports where they have one. */
export function hostsOf({ start, hosts }: SupplierConfig): ReadonlySet<string> {
  return new Set([...start.map((url) => new URL(url).host), ...hosts]);
}
