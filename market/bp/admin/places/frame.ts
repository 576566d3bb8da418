import type { PlaceForEditing, PlaceResult } from "@rose-ash/shared/contracts/places.ts";
import { menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { FastifyRequest } from "fastify";

type Tab = "" | "/hours" | "/selection";
const TABS: readonly [Tab, string][] = [
  ["", "What it is"],
  ["/hours", "Opening times"],
  ["/selection", "What it sells"],
];

/** What to say of a change that was not made. */
export const PROBLEMS: Record<Exclude<PlaceResult["kind"], "changed">, string> = {
  conflict: "Somebody else changed it meanwhile. What you typed is below: look at how it stands now, and save again.",
  taken: "Another place is at this address already.",
  gone: "That is not there any more, or is there already.",
};

/** What the three pages about a place have in common. The layout has a name "place" of its own. */
export function frameOf(request: FastifyRequest, place: PlaceForEditing, open: Tab) {
  const here = `/admin/places/${place.id}`;
  return {
    ...{ menu: menuOf(request), marketPlace: place, here },
    tabs: TABS.map(([path, name]) => ({ name, url: here + path, isCurrent: path === open })),
  };
}
