/** Products in one list. */
const PER_PAGE = 20;

const NAV = '<nav><a href="/groceries">Groceries</a> <a href="/basket">Basket</a> <a href="https://elsewhere.example/">Elsewhere</a></nav>';

/** A product of the shop; price as the page shows it. markup: how it tells machines. */
export interface ShopProduct {
  sku: string;
  name: string;
  price: string;
  brand: string;
  isInStock: boolean;
  markup: "json-ld" | "microdata" | "none";
  path: string;
}

/** A page of the list of products, with a link to the next where there is one. */
export function listingPage(products: readonly ShopProduct[], page: number): string {
  const here = products.slice((page - 1) * PER_PAGE, page * PER_PAGE);
  const cards = here.map(({ path, name, price }) => `<li class="card"><a href="${path}">${name}</a> <span>£${price}</span></li>`);
  const next = page * PER_PAGE < products.length ? `<a rel="next" href="/groceries?page=${page + 1}">Next</a>` : "";
  return frame("Groceries", `<ul>${cards.join("\n")}</ul>${next}`);
}

/** A product's page, in one of three ways to tell what it is. */
export function productPage(product: ShopProduct, origin: string): string {
  if (product.markup === "json-ld") return frame(product.name, `${shown(product)}${jsonLd(product, origin)}`);
  return frame(product.name, product.markup === "microdata" ? microdata(product) : shown(product));
}

function jsonLd({ sku, name, price, brand, isInStock, path }: ShopProduct, origin: string): string {
  const availability = `https://schema.org/${isInStock ? "InStock" : "OutOfStock"}`;
  const offers = { "@type": "Offer", price, priceCurrency: "GBP", availability };
  const thing = { "@context": "https://schema.org", "@type": "Product", name, sku, brand, image: `${origin}${path}.png`, offers };
  return `<script type="application/ld+json">${JSON.stringify(thing)}</script>`;
}

function microdata({ sku, name, price, brand, isInStock }: ShopProduct): string {
  return `<div itemscope itemtype="https://schema.org/Product"><h1 itemprop="name">${name}</h1>
    <p>By <span itemprop="brand">${brand}</span>, number <span itemprop="sku">${sku}</span></p>
    <div itemprop="offers" itemscope itemtype="https://schema.org/Offer"><meta itemprop="priceCurrency" content="GBP">
    <span itemprop="price" content="${price}">£${price}</span>
    <link itemprop="availability" href="https://schema.org/${isInStock ? "InStock" : "OutOfStock"}"></div></div>`;
}

function shown({ sku, name, price, brand, isInStock }: ShopProduct): string {
  return `<h1>${name}</h1><p>${brand}</p><p class="price">£${price}</p><p>SKU: ${sku}</p>
    <p>${isInStock ? "In stock" : "Out of stock"}</p><button>Add to basket</button>`;
}

function frame(title: string, body: string): string {
  return `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>${title} | Test Shop</title></head>
<body><header>${NAV}</header><main>${body}</main><footer>The Old Dairy, Mill Lane</footer></body></html>`;
}
