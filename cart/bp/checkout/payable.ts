import type { CartSeller, CartView } from "@rose-ash/shared/contracts/cart.ts";
import type { FastifyInstance } from "fastify";

/** A seller in a cart, and whether they can be paid here. */
export type PayableSeller = CartSeller & { readonly isPayable: boolean };

/** Who is paid for what a cart holds: whoever sells now, and has a key at the payment service, can be. */
export function sellersOf({ paymentFlow }: Pick<FastifyInstance, "paymentFlow">, { sellers }: CartView): Promise<PayableSeller[]> {
  const asked = sellers.map(async (seller) => ({ ...seller, isPayable: seller.isActive && (await paymentFlow.canPay(seller.code)) }));
  return Promise.all(asked);
}

/** What of a cart can be paid here, as a cart. */
export function payablePart(cart: CartView, sellers: readonly PayableSeller[]): CartView & { readonly sellers: readonly PayableSeller[] } {
  const payable = sellers.filter(({ isPayable }) => isPayable);
  const isPayable = ({ merchantId }: { merchantId: number | null }) => payable.some(({ id }) => id === merchantId);
  return {
    lines: cart.lines.filter(isPayable),
    others: cart.others.filter(isPayable),
    sellers: payable,
    discounts: cart.discounts.filter(isPayable),
    code: cart.code,
    totalMinor: payable.reduce((sum, { totalMinor }) => sum + totalMinor, 0),
    currency: payable[0]?.currency ?? cart.currency,
    count: payable.reduce((sum, { count }) => sum + count, 0),
  };
}
