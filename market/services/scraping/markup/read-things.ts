import { candidate, type Findings } from "../candidates.ts";
import { likeness, type Page } from "../page/parse-page.ts";
import { textOf } from "../page/text.ts";
import type { Candidate, Source } from "../product.ts";
import { gtinsOf, readOffers } from "./offers.ts";
import { addressOf, type Thing, textProperty, thingsIn } from "./thing.ts";

const PRODUCT =
  /^(?:Product|ProductModel|IndividualProduct|SomeProducts|ProductGroup|Vehicle|Car|Motorcycle|Book|MusicAlbum|Movie|VideoGame|SoftwareApplication|Drug|DietarySupplement)$/;
/** Properties that hold other products, or people's words about this one. */
const ELSEWHERE: ReadonlySet<string> = new Set(
  "isRelatedTo isSimilarTo isAccessoryOrSparePartFor isConsumableFor itemListElement hasVariant model review reviews itemReviewed isPartOf offers makesOffer hasOfferCatalog breadcrumb".split(
    " ",
  ),
);
const MAX_DEPTH = 8;

/** What the structured data of one notation says of the page's product. */
export function readThings(things: readonly Thing[], source: Source, page: Page): Findings {
  const product = productIn(things, page);
  if (!product) return source === "microdata" ? strays(things, page) : { candidates: [], images: [] };
  const variant = variantOf(product, page);
  const described = variant === product ? [product] : [variant, product];
  const isOneOfMany =
    new Set(
      things
        .flatMap((thing) => productsWithin(thing))
        .flatMap((each) => (textProperty(each, "name") === textProperty(product, "name") ? [textProperty(each, "sku")] : [])),
    ).size > 1;
  return {
    candidates: described.flatMap((each, index) => fieldsOf(each, source, page, index > 0 ? "group" : isOneOfMany ? "one-of-skus" : "sku")),
    images: described.flatMap((each) => imagesOf(each)).slice(0, 50),
  };
}

/** Of several products on a page the one it is about: its address, else its name in the heading, else the one with an offer, else the first. */
function productIn(things: readonly Thing[], page: Page): Thing | null {
  const products = things.flatMap((thing) => productsWithin(thing));
  const scored = products.map((thing, index) => ({ thing, score: aboutness(thing, page) - index / 1000 }));
  return (
    scored.reduce<(typeof scored)[number] | null>((best, each) => (best && best.score >= each.score ? best : each), null)?.thing ?? null
  );
}

function productsWithin(thing: Thing, depth = 0): Thing[] {
  if (thing.types.some((type) => PRODUCT.test(type))) return [thing];
  if (depth > MAX_DEPTH || thing.types.includes("ItemList") || thing.types.includes("Review")) return [];
  return [...thing.properties].flatMap(([name, values]) =>
    ELSEWHERE.has(name) ? [] : values.flatMap((value) => (typeof value === "string" ? [] : productsWithin(value, depth + 1))),
  );
}

function aboutness(thing: Thing, page: Page): number {
  const name = textProperty(thing, "name") ?? "";
  const heading = page.heading ? textOf(page.heading, 300) : page.title;
  const own = addressOf(thing, page.url);
  const isHere =
    own !== null && own.pathname.length > 1 && (own.pathname === page.url.pathname || own.pathname === page.canonical.pathname);
  return (
    (isHere ? 1 : 0) +
    Math.max(likeness(name, heading), likeness(name, page.title)) +
    (thing.properties.has("offers") ? 1 : 0) +
    (hasStock(thing) ? 0.1 : 0) +
    Math.min(thing.properties.size, 20) / 100
  );
}

/** Of a group's variants the one the address names, else one in stock, else the first; a product without variants itself. */
function variantOf(product: Thing, { url }: Page): Thing {
  const variants = thingsIn(product, "hasVariant", "model").filter(({ properties }) => properties.has("offers") || properties.has("sku"));
  const named = variants.find((each) => {
    const own = addressOf(each, url);
    const sku = textProperty(each, "sku");
    return (own !== null && own.href === url.href) || (sku !== null && sku.length > 3 && url.href.includes(sku));
  });
  return named ?? (product.properties.has("offers") ? product : (variants.find(hasStock) ?? variants[0] ?? product));
}

const hasStock = (thing: Thing) => thingsIn(thing, "offers").some((offer) => /InStock/i.test(textProperty(offer, "availability") ?? ""));

function fieldsOf(thing: Thing, source: Source, page: Page, kind: "sku" | "one-of-skus" | "group"): Candidate[] {
  const isFirst = kind !== "group";
  const id = textProperty(thing, "productID", "productId", "identifier");
  return [
    ...candidate("name", textProperty(thing, "name"), source, isFirst ? "name" : "group"),
    ...candidate("brand", textProperty(thing, "brand"), source, "brand"),
    ...candidate("brand", textProperty(thing, "manufacturer"), source, "manufacturer"),
    ...candidate("sku", textProperty(thing, "sku"), source, kind),
    ...candidate("sku", id?.replace(/^(?:sku|id|item|mpn|isbn|upc|ean)\s*:\s*/i, ""), source, "product-id"),
    ...gtinsOf(thing, source),
    ...candidate(
      "ingredients",
      textProperty(thing, "ingredients", "recipeIngredient") ??
        additional(thing, /^(?:ingredients?|zutaten|ingrédients|ingredienti|ingredientes)$/i),
      source,
      "ingredients",
    ),
    ...(isFirst || !thing.properties.has("hasVariant") ? readOffers(thing, source, page) : []),
  ];
}

/** What a shop adds in words of its own: {"@type": "PropertyValue", "name": "Ingredients", "value": "…"}. */
function additional(thing: Thing, name: RegExp): string | null {
  const property = thingsIn(thing, "additionalProperty").find((each) => name.test(textProperty(each, "name") ?? ""));
  return property ? textProperty(property, "value") : null;
}

function imagesOf(thing: Thing): string[] {
  return ["image", "photo"].flatMap((name) =>
    (thing.properties.get(name) ?? []).flatMap((value) =>
      typeof value === "string" ? value : (textProperty(value, "contentUrl", "url") ?? []),
    ),
  );
}

/** Properties of microdata that stand outside of any item, as careless templates have them: an item nobody named. */
function strays(things: readonly Thing[], page: Page): Findings {
  const stray = things.find(({ types, properties }) => types.length === 0 && properties.has("price"));
  return { candidates: stray ? readOffers(stray, "microdata", page).map((each) => ({ ...each, kind: "stray" })) : [], images: [] };
}
