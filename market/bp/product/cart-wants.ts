import { cartOwnerOf } from "@rose-ash/shared/contracts/cart.ts";
import type { FragmentWant } from "@rose-ash/shared/contracts/fragments.ts";
import type { Viewer } from "@rose-ash/shared/contracts/viewer.ts";

const LINES = 4;

/** What is in the reader's cart, and the way to pay it; nothing of a reader whom nobody knows, whose page is kept for all. */
export function cartWants(viewer: Viewer): { cartLines?: FragmentWant; checkoutButton?: FragmentWant } {
  if (cartOwnerOf(viewer) === null) return {};
  return { cartLines: { type: "cart-lines", params: { limit: LINES } }, checkoutButton: { type: "checkout-button" } };
}
