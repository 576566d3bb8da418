import { isDeepStrictEqual } from "node:util";
import { and, eq } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import type { SomeProductFields } from "../../contracts/product-fields.ts";
import type { ScrapeReviewService, TakeNewResult } from "../../contracts/scrape-review.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { ProductId, UserId } from "../../models/ids.ts";
import { products } from "../../models/market.ts";
import { type FindingField, scrapeFindingFields, scrapeFindings } from "../../models/scrape-findings.ts";
import { wantPictures } from "../scraping/want-pictures.ts";
import { closeFields } from "./close-fields.ts";
import { type HeldFinding, holdFinding, type Means, type WaitingField } from "./held-finding.ts";
import { saidIn, seenOf } from "./put-on-shelf.ts";

const ADDED = "as we chose when it came to the shelf";
const LINKED = "the supplier’s number of it is known now";

/** What becomes of something new: a product of its own, or one that is there. */
export function makeTakeNew(means: Means): Pick<ScrapeReviewService, "createFrom" | "linkTo"> {
  return {
    async createFrom(tx, { id, slug, fields, categoryIds, stock, by }) {
      const held = await holdNew(tx, id);
      if (held.kind !== "waiting") return held;
      const { finding, waiting } = held;
      const { supplierId, sku } = finding;
      const productId = await means.shelf.createProduct(tx, { slug, supplierId, fields, stock, categoryIds, by });
      if (productId === null) return { kind: "slug-taken" };
      const said = saidIn(waiting);
      await overrule(tx, { productId, said, ours: fields, by }, means);
      const { seenAt, pictures } = await seenOf(tx, finding);
      await means.shelf.recordSource(tx, { productId, supplierId, sku, fields: said, seenAt });
      await wantPictures(tx, { productId, urls: pictures });
      await finish(tx, { finding, waiting, productId, by, reason: "" }, means);
      return { kind: "made", productId };
    },
    async linkTo(tx, { id, productId, by }) {
      const held = await holdNew(tx, id);
      if (held.kind !== "waiting") return held;
      const { finding, waiting } = held;
      const { supplierId, sku } = finding;
      const [product] = await tx.select().from(products).where(eq(products.id, productId)).for("no key update");
      if (!product) throw new CodedError("not-found", "There is no such product.", { productId });
      const { seenAt, pictures } = await seenOf(tx, finding);
      const sure = waiting.filter(({ doubt }) => doubt === "");
      const taken = product.supplierId === supplierId ? sure.filter(({ field, after }) => stands(product, field, after)) : sure;
      await means.shelf.recordSource(tx, {
        ...{ productId, supplierId, sku, seenAt, fields: saidIn(taken) },
        takenOver: { by, reason: LINKED },
      });
      if (product.pictureId === null) await wantPictures(tx, { productId, urls: pictures });
      await leaveToNext(
        tx,
        waiting.filter((field) => !taken.includes(field)),
      );
      await finish(tx, { finding, waiting: taken, productId, by, reason: LINKED }, means);
      return { kind: "made", productId };
    },
  };
}

/** What its own supplier says otherwise changes the product: the next comparison asks about it, as about any change. */
function stands(product: typeof products.$inferSelect, field: FindingField, after: unknown): boolean {
  return field !== "availability" && isDeepStrictEqual(product[field], after);
}

/** Nobody decided about these. */
async function leaveToNext(tx: Tx, fields: readonly WaitingField[]): Promise<void> {
  for (const { findingId, field } of fields) {
    const isThis = and(eq(scrapeFindingFields.findingId, findingId), eq(scrapeFindingFields.field, field));
    await tx.update(scrapeFindingFields).set({ decision: "superseded" }).where(isThis);
  }
}

async function holdNew(
  tx: Tx,
  id: HeldFinding["id"],
): Promise<
  { kind: "waiting"; finding: HeldFinding; waiting: readonly WaitingField[] } | Exclude<TakeNewResult, { kind: "made" | "slug-taken" }>
> {
  const { finding, waiting } = await holdFinding(tx, id);
  if (finding.state === "superseded") return { kind: "superseded" };
  if (finding.state !== "waiting" || finding.kind !== "new") return { kind: "settled" };
  return { kind: "waiting", finding, waiting };
}

/** What staff chose otherwise than the supplier says is theirs from the beginning. */
async function overrule(
  tx: Tx,
  { productId, said, ours, by }: { productId: ProductId; said: SomeProductFields; ours: SomeProductFields; by: UserId },
  { shelf }: Pick<Means, "shelf">,
): Promise<void> {
  const wanted: Readonly<Record<string, unknown>> = ours;
  const set = Object.fromEntries(
    Object.entries(said).flatMap(([field, value]) =>
      !Object.hasOwn(wanted, field) || isDeepStrictEqual(wanted[field], value) ? [] : [[field, wanted[field]]],
    ),
  );
  if (Object.keys(set).length === 0) return;
  const [row] = await tx.select({ revision: products.revision }).from(products).where(eq(products.id, productId));
  await shelf.editProduct(tx, { id: productId, revision: row?.revision ?? 0, set, follow: [], place: {}, reason: ADDED, by });
}

async function finish(
  tx: Tx,
  done: { finding: HeldFinding; waiting: readonly WaitingField[]; productId: ProductId; by: UserId; reason: string },
  means: Means,
): Promise<void> {
  const { finding, waiting, productId, by, reason } = done;
  await tx.update(scrapeFindings).set({ productId }).where(eq(scrapeFindings.id, finding.id));
  await closeFields(tx, finding, waiting, { verdict: "accepted", by, reason }, means);
}
