import { expect, it } from "vitest";
import { goodForOffers } from "./good-for-offers.ts";

it("keeps a page until the first cut-off of what is open, or the first opening of what is not, and never longer than it was to be kept", () => {
  const open = { isOpen: true, opensAt: new Date("2026-11-20T08:00:00Z"), closesAt: new Date("2026-11-29T20:00:00Z") };
  const coming = { isOpen: false, opensAt: new Date("2026-11-28T08:00:00Z"), closesAt: new Date("2026-12-06T20:00:00Z") };
  const until = (goodUntil: number, offers: Parameters<typeof goodForOffers>[1]) => {
    const request = { goodUntil };
    goodForOffers(request, offers);
    return request.goodUntil;
  };
  expect(until(Number.POSITIVE_INFINITY, [null, open])).toBe(open.closesAt.getTime());
  expect(until(Number.POSITIVE_INFINITY, [open, coming])).toBe(coming.opensAt.getTime());
  expect(until(Number.POSITIVE_INFINITY, [null])).toBe(Number.POSITIVE_INFINITY);
  expect(until(5, [open])).toBe(5);
});
