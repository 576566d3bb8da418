import type { Picture } from "@rose-ash/shared/contracts/dto.ts";
import type { ProductPage } from "@rose-ash/shared/contracts/market.ts";
import type { PublicUrl } from "@rose-ash/shared/infrastructure/service-deps.ts";

/** The product in schema.org's words, for machines: a Product with its Offer, and the way to it. */
export function structuredData(
  { product, pictures, isOnSale, description, gtin, categories }: ProductPage,
  siteName: string,
  publicUrl: PublicUrl,
): object {
  const home = publicUrl("market", "/");
  const [shelf] = categories;
  const way = [{ name: "The shop", url: home }, ...(shelf ? [shelf] : []), { name: product.name, url: product.url }];
  const offer = {
    "@type": "Offer",
    url: product.url,
    price: (product.priceMinor / 100).toFixed(2),
    priceCurrency: product.currency,
    availability: `https://schema.org/${isOnSale ? availabilityOf(product) : "Discontinued"}`,
    seller: { "@type": "Organization", name: siteName },
  };
  const thing = {
    "@type": "Product",
    "@id": product.url,
    name: product.name,
    description,
    sku: product.slug,
    offers: offer,
    ...(gtin === null ? {} : { gtin }),
    ...(product.brand === "" ? {} : { brand: { "@type": "Brand", name: product.brand } }),
    ...imagesOf([product.picture, ...pictures], home),
  };
  const breadcrumb = {
    "@type": "BreadcrumbList",
    itemListElement: way.map(({ name, url }, at) => ({ "@type": "ListItem", position: at + 1, name, item: url })),
  };
  return { "@context": "https://schema.org", "@graph": [thing, breadcrumb] };
}

/** One address, or a list of them. */
function imagesOf(pictures: readonly (Picture | null)[], home: string): { image?: string | readonly string[] } {
  const [first, ...others] = pictures.flatMap((one) => (one === null ? [] : [new URL(one.url, home).href]));
  if (first === undefined) return {};
  return { image: others.length === 0 ? first : [first, ...others] };
}

/** BackOrder: not here, and ordered from its supplier for whoever wants it. */
function availabilityOf({ isAvailable, order }: ProductPage["product"]): "InStock" | "BackOrder" | "OutOfStock" {
  if (isAvailable) return "InStock";
  return order?.isOpen && order.left !== 0 ? "BackOrder" : "OutOfStock";
}
