import type { ShelvesService } from "@rose-ash/shared/contracts/shelves.ts";
import type { CategoryId } from "@rose-ash/shared/models/ids.ts";
import type { ShelfBody } from "./fields.ts";

/** The form of a shelf as it stands, beside another form that came back. */
export async function valuesOf(shelves: ShelvesService, id: CategoryId): Promise<ShelfBody> {
  const node = (await shelves.listAll()).find((one) => one.id === id);
  const { name = "", slug = "", description = "", wholes = [] } = node ?? {};
  return { name, slug, description, wholes: wholes.map(String) };
}
