import { and, eq } from "drizzle-orm";
import type { MediaItem } from "../../contracts/media.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { MediaId } from "../../models/ids.ts";
import { media } from "../../models/media.ts";
import { itemOf, selectItems } from "./items.ts";
import { listItems } from "./list-items.ts";

/** The newest pictures that these words fit, and before them the chosen one, whatever is searched for. */
export async function listPicturesToChoose(db: Db, words: string, chosen: MediaId | null): Promise<readonly MediaItem[]> {
  const { items } = await listItems(db, { words, kind: "picture", isUnused: false }, 1);
  if (chosen === null || items.some(({ id }) => id === chosen)) return items;
  const [row] = await selectItems(db).where(and(eq(media.id, chosen), media.isListed)); // none for a number that was typed by hand
  const item = row && itemOf(row);
  return item?.picture ? [item, ...items] : items;
}
