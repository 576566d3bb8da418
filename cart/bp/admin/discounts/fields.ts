import type { DiscountCover, DiscountFields, DiscountFigure, DiscountForEditing } from "@rose-ash/shared/contracts/discounts.ts";
import type { MerchantForEditing } from "@rose-ash/shared/contracts/merchants.ts";
import { readLocal, writeLocal } from "@rose-ash/shared/infrastructure/zoned-time.ts";
import { DISCOUNT_AUDIENCES } from "@rose-ash/shared/models/discounts.ts";
import type { CategoryId, DiscountId, ProductId } from "@rose-ash/shared/models/ids.ts";
import { amountText, readAmount } from "@rose-ash/shared/models/money.ts";
import { z } from "zod";

/** A discount's id in an address; the pattern keeps everything else from being found. */
export const DISCOUNT_PATH = "/admin/discounts/:id(^[1-9]\\d{0,14}$)";
export const discountParams = z.object({ id: z.coerce.number().transform((id) => id as DiscountId) });
export type DiscountParams = z.output<typeof discountParams>;

/** All of a form, as it came. */
export const anyForm = z.record(z.string().max(60), z.string().max(500).catch(""));
export type AnyForm = z.output<typeof anyForm>;

export interface FormError {
  field: string;
  message: string;
}

/** What a form is read with. shelves: ids of shelves; products: by slug. */
export interface Known {
  merchants: readonly MerchantForEditing[];
  shelves: readonly { id: CategoryId; name: string }[];
  productId: ProductId | null;
  zone: string;
}

export const FRESH: AnyForm = { kind: "percent", covers: "everything", audience: "everybody", isActive: "yes", isCombinable: "" };

/** Reads a discount's form; what is wrong with it, by field. */
export function readDiscount(
  form: AnyForm,
  known: Known,
): { kind: "read"; fields: DiscountFields } | { kind: "wrong"; errors: readonly FormError[] } {
  const text = (name: string) => (form[name] ?? "").replaceAll("\u0000", "").trim();
  const errors: FormError[] = [];
  const wrong = <T>(field: string, message: string, instead: T): T => {
    errors.push({ field, message });
    return instead;
  };
  const name = text("name");
  if (name === "" || name.length > 100) wrong("name", "What buyers read beside it, in up to 100 letters.", null);
  const merchant = known.merchants.find(({ id }) => String(id) === text("merchant"));
  if (merchant === undefined) wrong("merchant", "Say who gives it.", null);
  const figure = readFigure(text("kind"), text("figure"), merchant?.currency ?? "GBP") ?? wrong("figure", FIGURE_WORDS, NO_FIGURE);
  const covers =
    readCover(text("covers"), text("shelf"), known) ?? wrong("covers", "Say which shelf or product; the product by its address.", NO_COVER);
  const audience =
    DISCOUNT_AUDIENCES.find((one) => one === text("audience")) ?? wrong("audience", "Say who gets it.", "everybody" as const);
  const group = text("group");
  if (audience === "group" && !/^\S(.{0,58}\S)?$/u.test(group))
    wrong("group", "The group as it is called under Relations, like coop.", null);
  const code = text("code").toUpperCase().replaceAll(/\s/g, "");
  if (code !== "" && !/^[A-Z0-9-]{3,30}$/.test(code)) wrong("code", "Three to thirty letters, digits and hyphens.", null);
  const maxUses = text("maxUses");
  if (maxUses !== "" && !/^[1-9]\d{0,6}$/.test(maxUses))
    wrong("maxUses", "A whole number from 1; nothing: as often as anybody likes.", null);
  const startsAt = readLocal(text("startsAt"), known.zone) ?? wrong("startsAt", "A day and a time.", new Date());
  const endsAt =
    text("endsAt") === ""
      ? null
      : (readLocal(text("endsAt"), known.zone) ?? wrong("endsAt", "A day and a time; nothing: it has no end.", null));
  if (endsAt !== null && endsAt <= startsAt) wrong("endsAt", "It ends before it begins.", null);
  if (merchant === undefined || errors.length > 0) return { kind: "wrong", errors };
  return {
    kind: "read",
    fields: {
      ...{ name, merchantId: merchant.id, figure, covers, audience, startsAt, endsAt },
      groupName: audience === "group" ? group : null,
      code: code === "" ? null : code,
      maxUses: maxUses === "" ? null : Number(maxUses),
      isCombinable: form["isCombinable"] === "yes",
      isActive: form["isActive"] === "yes",
    },
  };
}

const FIGURE_WORDS = "A share up to 100, like 12.5, or an amount, like 2.00.";
const NO_FIGURE: DiscountFigure = { kind: "percent", basisPoints: 1 };
const NO_COVER: DiscountCover = { kind: "everything" };

function readFigure(kind: string, figure: string, currency: string): DiscountFigure | null {
  if (kind === "percent") {
    const match = /^(\d{1,3})(?:[.,](\d{1,2}))?\s*%?$/.exec(figure);
    const basisPoints = match === null ? 0 : Number(`${match[1]}${(match[2] ?? "").padEnd(2, "0")}`);
    return basisPoints >= 1 && basisPoints <= 10_000 ? { kind, basisPoints } : null;
  }
  const amountMinor = readAmount(figure, currency) ?? 0;
  return kind === "amount" && amountMinor > 0 && amountMinor < 100_000_000 ? { kind, amountMinor } : null;
}

function readCover(covers: string, shelf: string, { shelves, productId }: Known): DiscountCover | null {
  if (covers === "everything") return { kind: covers };
  if (covers === "product") return productId === null ? null : { kind: covers, productId };
  const found = shelves.find(({ id }) => String(id) === shelf);
  return covers === "category" && found !== undefined ? { kind: covers, categoryId: found.id } : null;
}

/** A discount as somebody would type it. productSlug: of the product that it covers. */
export function formOf(discount: DiscountForEditing, { zone, productSlug }: { zone: string; productSlug: string }): AnyForm {
  const { name, merchantId, figure, covers, audience, groupName, code, startsAt, endsAt, maxUses, currency } = discount;
  return {
    ...{ name, merchant: String(merchantId), kind: figure.kind, covers: covers.kind, audience, group: groupName ?? "", code: code ?? "" },
    figure:
      figure.kind === "percent" ? amountText(figure.basisPoints, "GBP").replace(/\.?0+$/, "") : amountText(figure.amountMinor, currency),
    shelf: covers.kind === "category" ? String(covers.categoryId) : "",
    product: productSlug,
    startsAt: writeLocal(startsAt, zone),
    endsAt: endsAt === null ? "" : writeLocal(endsAt, zone),
    maxUses: maxUses === null ? "" : String(maxUses),
    isCombinable: discount.isCombinable ? "yes" : "",
    isActive: discount.isActive ? "yes" : "",
  };
}
