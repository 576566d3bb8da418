import { AVAILABILITIES, type Availability } from "./product.ts";

const BY_NAME = new Map<string, Availability>(AVAILABILITIES.map((word) => [word.toLowerCase(), word]));
/** Words of feeds and catalogues, without blanks and marks. */
const OTHER_NAMES: Readonly<Record<string, Availability>> = {
  available: "InStock",
  availablefororder: "InStock",
  instocknow: "InStock",
  true: "InStock",
  yes: "InStock",
  limited: "LimitedAvailability",
  lowstock: "LimitedAvailability",
  lowonstock: "LimitedAvailability",
  unavailable: "OutOfStock",
  notavailable: "OutOfStock",
  nostock: "OutOfStock",
  oos: "OutOfStock",
  false: "OutOfStock",
  no: "OutOfStock",
  comingsoon: "PreOrder",
  pending: "BackOrder",
  instoreonly: "InStoreOnly",
};

/** The word of schema.org for a machine's word or address: "http://schema.org/InStock", "in stock", "oos". null: none of its words. */
export function availabilityNamed(text: string): Availability | null {
  const key = text
    .replace(/^.*[/#]/, "")
    .toLowerCase()
    .replace(/[^a-z]/g, "");
  return BY_NAME.get(key) ?? (Object.hasOwn(OTHER_NAMES, key) ? (OTHER_NAMES[key] ?? null) : null);
}

/** What shops print, in the languages of Europe and some more. First what says no: "not available" contains "available". */
const PRINTED: readonly [Availability, RegExp][] = [
  [
    "Discontinued",
    /\b(?:discontinued|no longer (?:available|sold)|nicht mehr lieferbar|plus commercialisé|fuori produzione|descatalogado|wycofany)\b|снят с производства/iu,
  ],
  [
    "OutOfStock",
    new RegExp(
      [
        "(?:currently|temporarily) (?:unavailable|out of stock|not available)|out of stock|sold out|not in stock|not available|unavailable|no stock\\b|(?:be|is) back in stock|when (?:it is |it's )?available",
        "wieder (?:vorrätig|verfügbar|lieferbar)|di nuovo disponibile|de nouveau disponible|de nuevo disponible|novamente disponível|weer leverbaar",
        "derzeit nicht (?:verfügbar|lieferbar)|nicht (?:vorrätig|verfügbar|lieferbar|auf lager)|ausverkauft|vergriffen",
        "actuellement indisponible|indisponible|rupture de stock|épuisé|non disponible|en rupture",
        "non disponibile|esaurito|attualmente non disponibile|agotado|no disponible|sin stock|sin existencias",
        "esgotado|indisponível|sem stock|sem estoque|uitverkocht|niet (?:op voorraad|leverbaar|beschikbaar)",
        "produkt niedostępny|niedostępny|brak w magazynie|wyprzedany|vyprodáno|není skladem|nedostupn[éýáa]|vypredané|nie je na sklade",
        "elfogyott|nincs (?:készleten|raktáron)|stoc epuizat|indisponibil|stoc zero|ni na zalogi|razprodano|rasprodano|nije dostupno",
        "slutsåld|slut i lager|ej i lager|udsolgt|ikke på lager|utsolgt|loppuunmyyty|ei varastossa|izpārdots|nav pieejams|išparduota|läbi müüdud",
        "нет в наличии|распродан|нет на складе|недоступен|немає в наявності|няма в наличност|изчерпан|εξαντλ[ηή]|μη διαθέσιμο|tükendi|stokta yok",
        "品切れ|在庫切れ|売り切れ|缺货|缺貨|售罄|已售完|품절|נגמר|אזל|غير متوفر|نفد",
      ].join("|"),
      "iu",
    ),
  ],
  ["PreOrder", /\bpre-?order\b|vorbestell|précommand|preordin|pre-?compra|reservar ahora|przedsprzedaż|předobjednáv|предзаказ|予約/iu],
  ["BackOrder", /\bback-?order|auf bestellung|sur commande|su ordinazione|bajo pedido|na zamówienie|na objednávku|под заказ|под поръчка/iu],
  [
    "LimitedAvailability",
    /\bonly \d+ left|\blast (?:one|few|items)\b|nur noch \d|plus que \d|il ne reste plus que|solo \d+ (?:disponibil|en stock)|ultim[ioa]s? (?:pezz|unidad|stuks)/iu,
  ],
  [
    "InStock",
    new RegExp(
      [
        "\\bin stock\\b|\\bavailable\\b|ready to ship|add to (?:cart|basket|bag|trolley)|buy (?:it )?now",
        "auf lager|lieferbar|vorrätig|verfügbar|in den (?:warenkorb|einkaufswagen)|en stock|disponible|ajouter au panier|disponibil[ei]|aggiungi al carrello",
        "añadir (?:al|a la) (?:carrito|cesta)|agregar al carr|disponível|em stock|adicionar ao (?:carrinho|cesto)|comprar|op voorraad|leverbaar|in winkelwagen",
        "dostępny|w magazynie|do koszyka|skladem|do košíku|na sklade|do košíka|raktáron|készleten|kosárba|în stoc|in stoc|adaug[aă] în co[sș]|na zalogi|v košarico",
        "i lager|på lager|varastossa|ostoskoriin|pieejams|grozā|в наличии|в корзину|купить|є в наявності|в наличност|διαθέσιμο|στο καλάθι|stokta|sepete ekle",
        "在庫あり|カートに入れる|有货|现货|加入购物车|재고|장바구니|במלאי|הוסף לסל|متوفر|أضف (?:إلى|الى) ",
      ].join("|"),
      "iu",
    ),
  ],
];

/** What a short text of a page says of whether it can be bought; null: nothing. */
export function availabilityPrinted(text: string): Availability | null {
  return PRINTED.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}
