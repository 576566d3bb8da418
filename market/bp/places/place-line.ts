import type { PlaceCard } from "@rose-ash/shared/contracts/places.ts";
import type { FastifyRequest } from "fastify";
import { openingWords } from "./opening-words.ts";

/** A place as lists show it. */
export function placeLine(place: PlaceCard) {
  return { ...place, words: openingWords(place) };
}

/** Until when it is true which of these are open, in ms since 1970. */
export function goodUntilPlaces(places: readonly Pick<PlaceCard, "opening">[]): number {
  return Math.min(...places.map(({ opening }) => opening.goodUntil.getTime()));
}

/** A page that says whether these are open says it no longer than it is true. */
export function goodFor(request: FastifyRequest, places: readonly Pick<PlaceCard, "opening">[]): void {
  request.goodUntil = Math.min(request.goodUntil, goodUntilPlaces(places));
}
