import type { AuditService } from "../../contracts/audit.ts";
import type { CartOwner, CartService } from "../../contracts/cart.ts";
import type { DiscountAnswer, DiscountsService } from "../../contracts/discounts.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { RelationsService } from "../../contracts/relations.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { type Candidate, listCandidates, makeIsEntitled } from "./candidates.ts";
import { changeDiscount, createDiscount } from "./commands.ts";
import { listReasons, readDiscounts, readGrants } from "./reads.ts";
import { coveredBy } from "./take-off.ts";

interface Services {
  audit: AuditService;
  relations: Pick<RelationsService, "list">;
  cart: Pick<CartService, "getCart">;
}

/** Discounts, in PostgreSQL and in what follows from who belongs where. */
export function makeDiscountsService({ db }: Pick<ServiceDeps, "db">, { audit, relations, cart }: Services): DiscountsService {
  const isEntitled = makeIsEntitled(relations);
  return {
    list: () => readDiscounts(db, null),
    async get(id) {
      const [discount] = await readDiscounts(db, id);
      if (discount === undefined) throw new CodedError("not-found", "There is no such discount.", { discountId: id });
      return discount;
    },
    listGrants: (id) => readGrants(db, id),
    answersFor,
    create: (tx, discount) => createDiscount(tx, audit, discount),
    change: (tx, change) => changeDiscount(tx, audit, change),
  };

  async function answersFor(owner: CartOwner): Promise<readonly DiscountAnswer[]> {
    const view = await cart.getCart(owner);
    const lines = view.lines.map(({ productId, merchantId, totalMinor }) => ({ productId, merchantId, totalMinor }));
    const others = view.others.map(({ merchantId, totalMinor }) => ({ productId: null, merchantId, totalMinor }));
    const candidates = await listCandidates(
      db,
      owner,
      lines.map(({ productId }) => productId),
    );
    const isFor = await isEntitled(owner, candidates);
    const known = candidates.filter((one) => one.audience !== "person" || isFor(one)); // whom somebody else was granted one is nobody's business
    const merchants = new Map((await readDiscounts(db, null)).map(({ id, merchantName, currency }) => [id, { merchantName, currency }]));
    const reasons = await listReasons(db, owner);
    return known.map((one) => ({
      reasons: reasons.get(one.id) ?? [],
      ...headOf(one, merchants.get(one.id) ?? { merchantName: "", currency: view.currency }),
      ...answerOf(one, { isFor: isFor(one), isCovering: coveredBy(one, [...lines, ...others]).length > 0 }),
    }));

    function answerOf({ id }: Candidate, { isFor: isTheirs, isCovering }: { isFor: boolean; isCovering: boolean }) {
      const given = view.discounts.find((one) => one.id === id);
      if (given !== undefined) return { kind: "given" as const, amountMinor: given.amountMinor };
      if (!isTheirs) return { kind: "not-for-you" as const };
      return { kind: isCovering ? ("another" as const) : ("nothing-covered" as const) };
    }
  }
}

function headOf(one: Candidate, { merchantName, currency }: { merchantName: string; currency: string }) {
  const { id, name, basisPoints, amountMinor, coveredName, endsAt, audience, groupName, code } = one;
  return {
    ...{ id, name, coveredName, endsAt, audience, groupName, merchantName, currency, hasCode: code !== null },
    figure: basisPoints === null ? { kind: "amount" as const, amountMinor: amountMinor ?? 0 } : { kind: "percent" as const, basisPoints },
  };
}
