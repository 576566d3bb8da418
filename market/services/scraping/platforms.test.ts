import { describe, expect, it } from "vitest";
import { extractProduct } from "./index.ts";

/** Pages as the common shop systems make them: our own words in their bones. */
const PAGES: readonly (readonly [string, string, string, object])[] = [
  [
    "WooCommerce, without its JSON-LD",
    "https://shop.example.co.uk/product/oat-flakes/",
    `<html lang="en-GB"><header><a class="cart-contents"><span class="woocommerce-Price-amount amount">£0.00</span></a></header><div class="product"><img src="/a.jpg" alt="Oat flakes">
    <div class="summary entry-summary"><h1 class="product_title">Oat flakes</h1><p class="price"><del aria-hidden="true"><span class="woocommerce-Price-amount amount"><bdi><span>&pound;</span>3.20</bdi></span></del>
    <span class="screen-reader-text">Original price was: £3.20.</span> <ins><span class="woocommerce-Price-amount amount"><bdi><span>&pound;</span>2.40</bdi></span></ins></p><p class="stock in-stock">12 in stock</p>
    <form class="cart"><button name="add-to-cart" value="12">Add to basket</button></form><span class="sku_wrapper">SKU: <span class="sku">OAT-500</span></span></div></div>
    <section class="related products"><ul><li class="product"><a href="/x"><img></a><h2>Rye</h2><span class="price">£1.10</span></li></ul></section>`,
    {
      name: "Oat flakes",
      price: "2.40",
      currency: "GBP",
      sku: "OAT-500",
      availability: "InStock",
      images: ["https://shop.example.co.uk/a.jpg"],
    },
  ],
  [
    "PrestaShop",
    "https://boutique.example.fr/12-flocons.html",
    `<html lang="fr-FR"><div itemscope itemtype="https://schema.org/Product"><h1 itemprop="name">Flocons d'avoine</h1><span class="regular-price">3,20 €</span>
    <div class="product-price" itemprop="offers" itemscope itemtype="https://schema.org/Offer"><link itemprop="availability" href="https://schema.org/OutOfStock"/><meta itemprop="priceCurrency" content="EUR">
    <div class="current-price"><span itemprop="price" content="2.4">2,40 €</span></div></div><span id="product-availability">Rupture de stock</span><label>Référence </label><span itemprop="sku">AVO-1</span></div>`,
    { name: "Flocons d'avoine", price: "2.4", currency: "EUR", sku: "AVO-1", availability: "OutOfStock" },
  ],
  [
    "Shopware",
    "https://muehle.example.de/Haferflocken/SW10023",
    `<html lang="de-DE"><title>Haferflocken | Mühle</title><h1>Haferflocken</h1><p class="product-detail-price"> 2,40&nbsp;€* </p>
    <div class="product-detail-price-unit"><span>Inhalt:</span><span>0.5 Kilogramm</span><span>(4,80 €* / 1 Kilogramm)</span></div><p class="delivery-information">Sofort verfügbar, Lieferzeit: 1-3 Tage</p>
    <span class="product-detail-ordernumber-label">Produktnummer:</span><span class="product-detail-ordernumber" itemprop="sku">SW10023</span>`,
    { price: "2.40", currency: "EUR", sku: "SW10023", availability: "InStock" },
  ],
  [
    "Shopify, sold out",
    "https://shop.example.com/products/oat",
    `<html lang="en"><meta property="og:price:amount" content="2.40"><meta property="og:price:currency" content="GBP"><h1>Oat flakes</h1><s>£3.20</s><span class="price-item--sale">£2.40 GBP</span>
    <script>var meta = {"product":{"id":7,"vendor":"Old Mill","handle":"oat","variants":[{"id":71,"price":240,"name":"Oat flakes - 500 g","sku":"OAT-500"}]},"page":{"pageType":"product"}};</script><button name="add" disabled>Sold out</button>`,
    { price: "2.40", currency: "GBP", sku: "OAT-500", brand: "Old Mill", availability: "OutOfStock" },
  ],
  [
    "Magento",
    "https://sklep.example.pl/platki.html",
    `<html lang="pl"><h1><span itemprop="name">Płatki owsiane</span></h1><div class="price-box price-final_price"><span class="special-price"><span class="price-container tax weee"><span class="price-label">Cena specjalna</span>
    <span data-price-amount="9.5" class="price-wrapper"><span class="price">9,50 zł</span></span></span></span><span class="old-price"><span class="price-label">Cena regularna</span><span class="price">12,00 zł</span></span></div>
    <div class="stock available"><span>Dostępny</span></div><strong class="type">SKU</strong><div class="value" itemprop="sku">PL-77</div>`,
    { name: "Płatki owsiane", price: "9.50", currency: "PLN", sku: "PL-77", availability: "InStock" },
  ],
  [
    "a Japanese shop's own",
    "https://shop.example.jp/item/om-100/",
    `<html lang="ja"><title>オートミール</title><h1>オートミール</h1><p class="item-price">1,080円（税込）</p><dl><dt>商品番号</dt><dd>OM-100</dd></dl><p>在庫あり</p>`,
    { price: "1080", currency: "JPY", sku: "OM-100", availability: "InStock" },
  ],
  [
    "a Russian shop's own",
    "https://shop.example.ru/catalog/ovsyanka",
    `<html lang="ru"><h1>Овсянка</h1><div class="price"><span class="price_new">1 290 руб.</span><span class="price_old">1 500 руб.</span></div><p>Артикул: 12-345</p><p>Под заказ</p>`,
    { price: "1290", currency: "RUB", sku: "12-345", availability: "BackOrder" },
  ],
  [
    "a page of plain sentences",
    "https://shop.example.com/oat",
    `<title>Oat flakes, Old Mill</title><h1>Oat flakes</h1><p>Price: 2.40 GBP per bag</p><p>Item # 043-1234-2</p><p>Out of stock</p>`,
    { name: "Oat flakes", price: "2.40", currency: "GBP", sku: "043-1234-2", availability: "OutOfStock" },
  ],
];

describe("shops of the common kinds", () => {
  it.each(PAGES)("%s", (_, url, html, product) => expect(extractProduct(`<!doctype html>${html}`, url)).toMatchObject(product));
});
