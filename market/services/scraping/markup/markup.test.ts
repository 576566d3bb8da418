import { describe, expect, it } from "vitest";
import { extractProduct } from "../index.ts";
import { parseLenient } from "./lenient-json.ts";

const URL_OF_PAGE = "https://mill.example/flour/rye-1kg";
const read = (body: string, url = URL_OF_PAGE) => extractProduct(`<!doctype html><title>Rye flour</title><h1>Rye flour</h1>${body}`, url);
const jsonLd = (text: string) => read(`<script type="application/ld+json">${text}</script>`);

const RYE = {
  "@context": "https://schema.org",
  "@type": "Product",
  name: "Rye flour",
  sku: "RYE-1",
  gtin13: "4006381333931",
  brand: { "@type": "Brand", name: "Old Mill" },
  image: ["/rye.jpg", { "@type": "ImageObject", contentUrl: "https://img.example/rye-2.jpg" }],
  offers: { "@type": "Offer", price: "2.40", priceCurrency: "GBP", availability: "https://schema.org/InStock" },
};
const WANTED = {
  name: "Rye flour",
  price: "2.40",
  currency: "GBP",
  sku: "RYE-1",
  gtin: "4006381333931",
  brand: "Old Mill",
  availability: "InStock",
};

describe("JSON-LD", () => {
  it("reads a product with all its fields, and says where each was read and how sure it is", () => {
    const product = jsonLd(JSON.stringify(RYE));
    expect(product).toMatchObject(WANTED);
    expect(product.images).toEqual(["https://mill.example/rye.jpg", "https://img.example/rye-2.jpg"]);
    expect(product.sources.images).toEqual({ source: "json-ld", confidence: 0.9 });
    expect(product.sources.price).toEqual({ source: "json-ld", confidence: expect.any(Number) });
  });

  it.each([
    [
      "in @graph, with references",
      JSON.stringify({
        "@graph": [
          { "@id": "#b", "@type": "Brand", name: "Old Mill" },
          { ...RYE, brand: { "@id": "#b" } },
        ],
      }),
    ],
    ["in arrays, after null", JSON.stringify([null, [RYE]])],
    ["with comments and trailing commas", `// ours\n${JSON.stringify(RYE).replace(/}$/, ",} /* end */")}`],
    ["with control characters and line ends in texts", JSON.stringify({ ...RYE, description: "x" }).replace('"x"', '"a\u0001\n\tb"')],
    ["in CDATA", `//<![CDATA[\n${JSON.stringify(RYE)}\n//]]>`],
    ["two documents in one script", `{"@type":"WebSite"}\n${JSON.stringify(RYE)}`],
    ["written in entities", JSON.stringify(RYE).replaceAll('"', "&quot;")],
    ["under long names", JSON.stringify({ ...RYE, "@type": "http://schema.org/Product" })],
  ])("reads it %s", (_, text) => expect(jsonLd(text)).toMatchObject(WANTED));

  it("takes the variant of a group that the address names, with the group's name and brand", () => {
    const variant = (sku: string, price: string) => ({
      "@type": "Product",
      sku,
      offers: { price, priceCurrency: "GBP", url: `${URL_OF_PAGE}?sku=${sku}` },
    });
    const group = JSON.stringify({
      "@type": "ProductGroup",
      name: "Rye flour",
      brand: "Old Mill",
      hasVariant: [variant("R-500", "1.40"), variant("R-1000", "2.40")],
    });
    const page = `<script type="application/ld+json">${group}</script>`;
    expect(read(page, `${URL_OF_PAGE}?sku=R-1000`)).toMatchObject({ name: "Rye flour", brand: "Old Mill", sku: "R-1000", price: "2.40" });
  });

  it("takes the lowest price of an aggregate, and no price of another kind", () => {
    expect(
      jsonLd(JSON.stringify({ ...RYE, offers: { "@type": "AggregateOffer", lowPrice: 2.4, highPrice: 9, priceCurrency: "GBP" } })).price,
    ).toBe("2.4");
    const priceSpecification = [
      { price: 9, priceCurrency: "GBP", priceType: "https://schema.org/ListPrice" },
      { price: 2.4, priceCurrency: "GBP" },
    ];
    expect(jsonLd(JSON.stringify({ ...RYE, offers: { priceSpecification } })).price).toBe("2.4");
  });

  it("reads ingredients, also where the shop adds them in words of its own", () => {
    expect(jsonLd(JSON.stringify({ ...RYE, ingredients: "rye" })).ingredients).toBe("rye");
    const additionalProperty = [{ "@type": "PropertyValue", name: "Ingredients", value: "rye, salt" }];
    expect(jsonLd(JSON.stringify({ ...RYE, additionalProperty })).ingredients).toBe("rye, salt");
  });

  it("leaves the products beside it alone", () => {
    const other = { ...RYE, name: "Wheat flour", sku: "W", offers: { price: "1.10", priceCurrency: "GBP" } };
    expect(jsonLd(JSON.stringify([other, { ...RYE, isRelatedTo: [other] }]))).toMatchObject(WANTED);
  });
});

const MICRODATA = `<div itemscope itemtype="https://schema.org/Product"><b itemprop="name">Rye flour</b><i itemprop="sku">RYE-1</i><meta itemprop="gtin13" content="4006381333931">
  <span itemprop="brand" itemscope itemtype="https://schema.org/Brand"><a itemprop="name" href="/mill">Old Mill</a></span>
  <div itemprop="offers" itemscope itemtype="https://schema.org/Offer"><meta itemprop="priceCurrency" content="GBP"><span itemprop="price" content="2.40">£2.40</span><link itemprop="availability" href="https://schema.org/InStock"></div></div>`;

it("reads the same product from microdata and from RDFa", () => {
  const rdfa = MICRODATA.replace(/itemscope itemtype="https:\/\/schema.org\//g, 'typeof="schema:').replaceAll("itemprop", "property");
  expect(read(MICRODATA)).toMatchObject(WANTED);
  expect(read(rdfa)).toMatchObject(WANTED);
  expect(read(MICRODATA).sources.sku?.source).toBe("microdata");
  expect(read(rdfa).sources.gtin?.source).toBe("rdfa");
});

it("follows itemref, but not in a circle", () => {
  const page = `<div itemscope itemtype="https://schema.org/Product" itemref="more loop"><b itemprop="name">Rye flour</b></div><p id="more"><i itemprop="sku">RYE-1</i></p>
    <div id="loop"><div itemscope itemtype="https://schema.org/Offer" itemprop="offers" itemref="loop"><b itemprop="price">2.40</b></div></div>`;
  expect(read(page)).toMatchObject({ sku: "RYE-1", price: "2.40" });
});

it("reads Open Graph", () => {
  const og = {
    "og:title": "Rye flour",
    "product:price:amount": "2,40",
    "product:price:currency": "EUR",
    "product:retailer_item_id": "RYE-1",
    "product:availability": "oos",
    "product:brand": "Old Mill",
  };
  const page = read(
    Object.entries(og)
      .map(([name, content]) => `<meta property="${name}" content="${content}">`)
      .join(""),
  );
  expect(page).toMatchObject({ price: "2.40", currency: "EUR", sku: "RYE-1", availability: "OutOfStock", brand: "Old Mill" });
});

describe("embedded state", () => {
  it.each([
    [
      "Next.js",
      `<script id="__NEXT_DATA__" type="application/json">{"props":{"product":{"name":"Rye flour","sku":"RYE-1","price":{"current":2.4,"currency":"GBP"}}}}</script>`,
    ],
    [
      "a data layer",
      `<script>window.dataLayer = window.dataLayer || []; dataLayer.push({ecommerce: {currencyCode: 'GBP', detail: {products: [{name: 'Rye flour', sku: 'RYE-1', price: '2.40', currency: 'GBP',}]}}});</script>`,
    ],
    [
      "an assigned object",
      `<script>(function(){ if (a < b) { go() } })(); window.__STATE__ = {product: {title: "Rye flour", sku: "RYE-1", salePrice: 2.4, price: 3, currency: "GBP", u: undefined}};</script>`,
    ],
    [
      "the text of JSON.parse",
      `<script>window.s = JSON.parse("{\\"name\\":\\"Rye flour\\",\\"sku\\":\\"RYE-1\\",\\"price\\":\\"2.40\\",\\"currency\\":\\"GBP\\"}")</script>`,
    ],
    ["an attribute", `<div data-product='{"name":"Rye flour","sku":"RYE-1","price":"2.40","currency":"GBP"}'></div>`],
  ])("reads %s", (_, html) => {
    const product = read(html);
    expect(product).toMatchObject({ sku: "RYE-1", currency: "GBP" });
    expect(Number(product.price)).toBe(2.4);
  });

  it("reads Shopify's product: cents, and the variant that the address names", () => {
    const product = {
      title: "Rye flour",
      handle: "rye",
      vendor: "Old Mill",
      variants: [
        { id: 1, sku: "R-500", price: 140, available: true },
        { id: 2, sku: "R-1000", price: 240, available: false },
      ],
    };
    const found = read(`<script type="application/json">${JSON.stringify({ product })}</script>`, `${URL_OF_PAGE}?variant=2`);
    expect(found).toMatchObject({ price: "2.40", sku: "R-1000", brand: "Old Mill", availability: "OutOfStock" });
  });

  it("takes nothing from objects that are about something else", () => {
    expect(read(`<script>var other = {name: "Wheat flour", sku: "WHEAT-9", price: 1.1}</script>`)).toMatchObject({
      price: null,
      sku: null,
    });
  });
});

describe("what people write for JSON", () => {
  it("is read leniently, and code is not", () => {
    expect(parseLenient("{a: 'b', \"c\": [1,,2,], d: !0, e: 1.50}")?.value).toEqual({ a: "b", c: [1, 2], d: true, e: "1.50" });
    for (const code of ["{ return x }", "function() {}", "[a, b]", "{a: f(1)}", '{"a": "', "{".repeat(50_000)])
      expect(parseLenient(code)).toBeNull();
  });

  it("keeps a key like __proto__ a key", () => {
    const value = parseLenient('{"__proto__": {"polluted": 1}, "constructor": 2}')?.value;
    expect(Object.keys(value ?? {})).toEqual(["__proto__", "constructor"]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});
