import type { CartOwner } from "@rose-ash/shared/contracts/cart.ts";
import type { OrderReader } from "@rose-ash/shared/contracts/orders.ts";
import type { FragmentSubject } from "@rose-ash/shared/infrastructure/fragments/index.ts";

/** The owner of the cart of whom a fragment is for; null: nobody knows them. */
export function ownerOf(subject: FragmentSubject): CartOwner | null {
  if (subject.kind === "user") return { kind: "member", userId: subject.userId };
  return subject.kind === "device" ? subject : null;
}

/** Who looks at orders in a fragment: what a member ordered as a guest is shown on its own page only. */
export function readerOf(subject: FragmentSubject): OrderReader {
  if (subject.kind === "user") return { kind: "member", userId: subject.userId, deviceId: null };
  return { kind: "guest", deviceId: subject.kind === "device" ? subject.deviceId : null };
}
