import { CodedError } from "../../contracts/errors.ts";
import { type CategoryCard, categoryCard, type MarketService, type ProductPage, productPage, shopFront } from "../../contracts/market.ts";
import type { PublicUrl, ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { ProductId } from "../../models/ids.ts";
import { pictureOf } from "../pictures.ts";
import { makeListings } from "./listing/index.ts";
import { productCardOf } from "./product-cards.ts";
import { prepareQueries } from "./queries.ts";
import { makeSearch } from "./search.ts";
import { makeStockAlerts } from "./stock-alerts.ts";

type Queries = ReturnType<typeof prepareQueries>;
type ProductRow = Awaited<ReturnType<Queries["product"]["execute"]>>[number];

/** The shop over PostgreSQL. */
export function makeMarketService(deps: ServiceDeps): MarketService {
  const { db, publicUrl } = deps;
  const queries = prepareQueries(db);
  const cardsOf = (rows: Parameters<typeof productCardOf>[0][]) => rows.map((row) => productCardOf(row, publicUrl));
  const listCategories = async () => (await queries.categories.execute()).map((row) => categoryCardOf(row, publicUrl));

  const search = makeSearch(deps);
  const cardsById = async (ids: readonly ProductId[]) =>
    ids.length === 0 ? [] : cardsOf(await queries.cardsById.execute({ ids: [...ids] }));

  return {
    ...search,
    ...makeStockAlerts(deps),
    ...makeListings(deps, { cardsById, listNamesLike: search.listNamesLike }),
    async getShopFront() {
      const [categories, newest] = await Promise.all([listCategories(), queries.newest.execute()]);
      return shopFront.parse({ categories, newest: cardsOf(newest) });
    },
    async getProduct(slug) {
      const [[row], also] = await Promise.all([queries.product.execute({ slug }), queries.alsoOnShelf.execute({ slug })]);
      if (!row) throw new CodedError("not-found", "There is no such thing in the shop, or no longer.", { slug });
      return productPageOf(row, cardsOf(also), publicUrl);
    },
    async listProductCards(slugs) {
      if (slugs.length === 0) return [];
      return cardsOf(await queries.cards.execute({ slugs: [...slugs] }));
    },
    listProductCardsById: cardsById,
  };
}

function categoryCardOf(
  row: { slug: string; name: string; description: string; productCount: number },
  publicUrl: PublicUrl,
): CategoryCard {
  return categoryCard.parse({ ...row, url: publicUrl("market", `/categories/${row.slug}`) });
}

function productPageOf(row: ProductRow, alsoOnShelf: ReturnType<typeof productCardOf>[], publicUrl: PublicUrl): ProductPage {
  const { contains, mayContain, areAllergensStated } = row;
  return productPage.parse({
    ...row,
    product: productCardOf(row, publicUrl),
    pictures: row.pictures.flatMap((one) => pictureOf(one) ?? []),
    allergens: areAllergensStated ? { contains, mayContain } : null,
    variants:
      row.variants.length < 2
        ? []
        : row.variants.map((pack) => ({ ...pack, url: publicUrl("market", `/products/${pack.slug}`), isCurrent: pack.slug === row.slug })),
    prices: row.prices.length < 2 ? [] : row.prices.map(({ at, minor }) => ({ at: new Date(at), minor })),
    categories: row.categories.map(({ name, slug }) => ({ name, url: publicUrl("market", `/categories/${slug}`) })),
    alsoOnShelf,
  });
}
