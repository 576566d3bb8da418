import { describe, expect, it } from "vitest";
import { extractProduct } from "../index.ts";

/** A shop without markup for machines: what a reader sees is all there is. */
const shop = (main: string, rest = "") =>
  `<!doctype html><html lang="de"><title>Roggenmehl – Alte Mühle</title><header><a href="/cart" class="minicart">Warenkorb 99,00 €</a></header>
   <main><h1>Roggenmehl</h1>${main}</main>
   <section class="related"><h2>Dazu passt</h2><a href="/hefe"><img alt="Hefe"></a><span class="price">0,89 €</span><span>Art.-Nr.: 555-1</span></section>${rest}<footer>ab 49 € frei Haus</footer>`;
const read = (main: string, url = "https://muehle.example/roggenmehl", rest = "") => extractProduct(shop(main, rest), url);

describe("the price that a page shows", () => {
  it.each([
    ["beside a former one that is struck through", `<p class="price"><del>3,20 €</del> <ins>2,40 €</ins></p>`],
    [
      "beside a former one that is called so",
      `<div class="price-box"><span class="old-price">statt 3,20 €</span><span class="special-price">2,40 €</span></div>`,
    ],
    ["in three elements", `<div class="price"><span>2</span><sup>40</sup><span>€</span></div>`],
    ["right after one that is struck through, with nothing named", "<b><strike>3,20 €</strike> <span>2,40 €</span></b>"],
    ["as the lower end of a range", `<p class="price">2,40 – 3,10 €</p>`],
    ["in signs with dots", `<p class="price">2,40 б.р.</p>`],
    ["beside the price of a kilogram", `<div class="price">2,40 €</div><small class="unit-price">4,80 € / kg</small>`],
    ["beside shipping and savings", `<div class="price">2,40 €</div><p>Versand: 4,90 €</p><p>Sie sparen 0,80 €</p>`],
    ["beside the price without tax", `<p class="price">2,40 €</p><p>ohne MwSt: 2,24 €</p>`],
    ["in an element that is called price, without a sign", `<span id="product-price">2,40</span>`],
  ])("is found %s", (_, html) => expect(Number(read(html).price)).toBe(2.4));

  it("is none where only others' prices stand", () => {
    expect(read("<p>Derzeit nicht verfügbar.</p>")).toMatchObject({ price: null, currency: null, availability: "OutOfStock" });
  });

  it("wins over one that is only told to machines", () => {
    const meta = `<meta property="product:price:amount" content="2.24"><meta property="product:price:currency" content="EUR">`;
    expect(
      read(
        `${meta}<div itemscope itemtype="https://schema.org/Product"><b itemprop="name">Roggenmehl</b><p class="price" itemprop="offers" itemscope><span itemprop="price">2,40 €</span></p></div>`,
      ).price,
    ).toBe("2.40");
  });
});

describe("the shop's own number", () => {
  it.each([
    ["after a label", "<p>Art.-Nr.: RM-1000</p>"],
    ["in the cell beside its label", "<table><tr><th>Artikelnummer</th><td>RM-1000</td></tr></table>"],
    ["after a label in another language", "<p>Šifra: RM-1000</p>"],
    ["in an element that is named so", `<span data-test="product-code">RM-1000</span>`],
    [
      "in the form that puts it into the cart",
      `<form><input type="hidden" name="sku" value="RM-1000"><button>In den Warenkorb</button></form>`,
    ],
  ])("is read %s", (_, html) => expect(read(html).sku).toBe("RM-1000"));

  it("is the one in the address that the page uses too", () => {
    expect(read(`<div data-id="4711231"></div>`, "https://muehle.example/p/roggenmehl/4711231.html").sku).toBe("4711231");
  });

  it("is no voucher, and none of another product", () => {
    expect(read("<p>Code SPAR10 eingeben: 10 % Rabatt</p>").sku).toBeNull();
  });
});

describe("what else a page shows", () => {
  it("reads brand, GTIN and ingredients after their words", () => {
    const page = read(
      `<dl><dt>Marke</dt><dd>Alte Mühle</dd><dt>EAN</dt><dd>EAN: 4006381333931</dd></dl><h3>Zutaten:</h3><p>Roggen, sonst nichts und das ganz</p>`,
    );
    expect(page).toMatchObject({ brand: "Alte Mühle", gtin: "4006381333931", ingredients: "Roggen, sonst nichts und das ganz" });
  });

  it("refuses a GTIN whose check digit is wrong", () => expect(read("<p>EAN: 4006381333932</p>").gtin).toBeNull());

  it.each([
    ["Ausverkauft", "OutOfStock"],
    ["Rupture de stock", "OutOfStock"],
    ["Нет в наличии", "OutOfStock"],
    ["Auf Lager", "InStock"],
    ["Vorbestellung möglich: jetzt vorbestellen", "PreOrder"],
  ])("takes “%s” for %s", (text, state) => {
    expect(read(`<p class="price">2,40 €</p><p class="availability">${text}</p><p>Art.-Nr.: RM-1000</p>`).availability).toBe(state);
  });

  it("does not take a picture that is missing, or a delivery, for the product", () => {
    const page = read(
      `<p class="price">2,40 €</p><p>Bild nicht verfügbar</p><div class="delivery">Nicht verfügbar</div><button>In den Warenkorb</button>`,
    );
    expect(page.availability).toBe("InStock");
  });

  it("takes pictures that are named as the product", () => {
    expect(read(`<img src="/logo.svg" alt="Alte Mühle"><img src="/klein.jpg" data-src="/gross.jpg" alt="Roggenmehl">`).images).toEqual([
      "https://muehle.example/gross.jpg",
    ]);
  });
});
