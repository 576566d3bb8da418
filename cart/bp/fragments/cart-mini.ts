import type { CartOwner } from "@rose-ash/shared/contracts/cart.ts";
import { defineFragment, type FragmentSubject } from "@rose-ash/shared/infrastructure/fragments/index.ts";
import { z } from "zod";

/** The cart's badge in the header of every page. */
export const cartMini = defineFragment({
  type: "cart-mini",
  params: z.object({}),
  async render({ services, subject }) {
    return { template: "fragments/cart-mini.html", context: { cart: await services.cart.getSummary(ownerOf(subject)) } };
  },
});

function ownerOf(subject: FragmentSubject): CartOwner | null {
  if (subject.kind === "user") return { kind: "member", userId: subject.userId };
  return subject.kind === "device" ? subject : null;
}
