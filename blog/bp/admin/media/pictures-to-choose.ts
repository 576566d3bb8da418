import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { MediaItem, MediaService } from "@rose-ash/shared/contracts/media.ts";
import type { MediaId } from "@rose-ash/shared/models/ids.ts";

/** The newest pictures that these words fit, and before them the chosen one, whatever is searched for. selected 0: none is chosen. */
export async function picturesToChoose(
  media: Pick<MediaService, "getItem" | "listItems">,
  words: string,
  selected: number,
): Promise<readonly MediaItem[]> {
  const { items } = await media.listItems({ words, kind: "picture", isUnused: false }, 1);
  if (selected === 0 || items.some(({ id }) => id === selected)) return items;
  const chosen = await media.getItem(selected as MediaId).catch((error: unknown) => {
    if (error instanceof CodedError && error.code === "not-found") return null; // a number that was typed by hand
    throw error;
  });
  return chosen?.picture ? [chosen, ...items] : items;
}
