import { defineFragment } from "@rose-ash/shared/infrastructure/fragments/index.ts";
import { z } from "zod";
import { openingWords } from "../places/opening-words.ts";

/** What a page elsewhere shows of a market place; the page gives the heading. next: as with a product card. */
const params = z.object({
  place: z.string().regex(/^[a-z0-9-]{1,200}$/),
  limit: z.coerce.number().int().min(0).max(12).default(4),
  next: z
    .string()
    .regex(/^\/(?!\/)[a-z0-9/-]{0,300}$/)
    .default("/"),
});

/** It says whether the place is open, so nobody keeps it for longer than that is true. */
export const marketWidget = defineFragment({
  type: "market-widget",
  params,
  async render({ services, params: { place: slug, limit, next } }) {
    const place = await services.places.findPlace(slug, limit);
    const words = place && openingWords(place);
    return { template: "fragments/market-widget.html", context: { place, words, next }, goodUntil: place?.opening.goodUntil ?? null };
  },
});
