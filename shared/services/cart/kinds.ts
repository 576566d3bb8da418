import type { CartOwner } from "../../contracts/cart.ts";
import type { LineKind, LineOffer } from "../../contracts/line-kinds.ts";
import { CURRENCY } from "./owner.ts";

/** What a line is of which nobody sells anything any more. */
export const GONE: LineOffer = {
  ...{ title: "Something that is not sold any more", detail: "", url: "", unitPriceMinor: 0, currency: CURRENCY, vatClass: "zero" },
  ...{ calendarId: null, most: 0, trouble: "It is not there any more. Take it out." },
};

/** What all kinds say of these lines, by kind and ref as "ticket 12"; each kind is asked once. */
export async function readOffers(
  kinds: readonly LineKind[],
  owner: CartOwner,
  lines: readonly { kind: string; ref: string }[],
): Promise<ReadonlyMap<string, LineOffer>> {
  const asked = [...Map.groupBy(lines, ({ kind }) => kind)].map(async ([kind, own]) => {
    const offers =
      (await findKind(kinds, kind)?.read(
        owner,
        own.map(({ ref }) => ref),
      )) ?? new Map<string, LineOffer>();
    return own.map(({ ref }) => [`${kind} ${ref}`, offers.get(ref) ?? GONE] as const);
  });
  return new Map((await Promise.all(asked)).flat());
}

/** Undefined: nobody sells things of this kind any more. */
export function findKind(kinds: readonly LineKind[], kind: string): LineKind | undefined {
  return kinds.find((one) => one.kind === kind);
}
