import type { FastifyRequest } from "fastify";

/** What can be ordered in a cycle, now or from its opening on. */
interface Timed {
  isOpen: boolean;
  opensAt: Date;
  closesAt: Date;
}

/** Until when it is true which of these can be ordered: a cut-off, or an opening. In ms since 1970. */
export function goodUntilOffers(offers: readonly (Timed | null)[]): number {
  return Math.min(...offers.flatMap((offer) => (offer === null ? [] : [(offer.isOpen ? offer.closesAt : offer.opensAt).getTime()])));
}

/** A page that says whether these can be ordered says it no longer than it is true. */
export function goodForOffers(request: Pick<FastifyRequest, "goodUntil">, offers: readonly (Timed | null)[]): void {
  request.goodUntil = Math.min(request.goodUntil, goodUntilOffers(offers));
}
