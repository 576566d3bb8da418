import type { ShelfNode } from "@rose-ash/shared/contracts/shelves.ts";
import type { CategoryId } from "@rose-ash/shared/models/ids.ts";

/** A shelf in a list to choose from, below the first of the shelves that it is a part of. depth: from 0. */
export interface ShelfOption {
  id: CategoryId;
  name: string;
  depth: number;
  /** "Larder › Oils", for where there is but one line. */
  path: string;
}

/** The tree in one list, each shelf once. */
export function shelfOptions(nodes: readonly ShelfNode[]): readonly ShelfOption[] {
  const seen = new Set<CategoryId>();
  const below = (whole: CategoryId | null, depth: number, path: string): ShelfOption[] =>
    nodes
      .filter(({ id, wholes }) => (whole === null ? wholes.length === 0 : wholes.includes(whole)) && !seen.has(id))
      .flatMap(({ id, name }) => {
        if (seen.has(id)) return [];
        seen.add(id);
        const here = path === "" ? name : `${path} › ${name}`;
        return [{ id, name, depth, path: here }, ...below(id, depth + 1, here)];
      });
  return below(null, 0, "");
}
