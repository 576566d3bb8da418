import type { Tx } from "../../contracts/tx.ts";
import type { CreateResult, NewPage } from "../../contracts/writing.ts";
import { pages } from "../../models/blog.ts";
import type { PageId } from "../../models/ids.ts";
import { freeAddress, slugOf } from "../slugs.ts";
import { refusalOf, slugTrouble } from "./check-piece.ts";
import { lockTree } from "./lock-tree.ts";
import { lastPosition, pathBelow } from "./page-paths.ts";
import { unlessRefused } from "./refused-by-database.ts";
import { keepRevision } from "./revisions.ts";

/** Writes a draft at the end of the pages beside it, and its first revision. */
export async function createPage(tx: Tx, { by, place, text, settings }: NewPage): Promise<CreateResult<PageId>> {
  const slug = place.slug ?? slugOf(settings.title, "page");
  const refusal = refusalOf(settings, text);
  const trouble = slugTrouble(slug);
  if (refusal) return refusal;
  if (trouble) return { kind: "invalid", errors: [{ field: "slug", message: trouble }] };
  await lockTree(tx);
  const found = await pathBelow(tx, place.parentId, slug);
  if ("trouble" in found) return { kind: "invalid", errors: [{ field: found.field, message: found.trouble }] };
  const path = place.slug === undefined ? await freeAddress(tx, "pages.path", found.path) : found.path;
  return unlessRefused(tx, slug, async (inner): Promise<CreateResult<PageId>> => {
    const row = { ...settings, parentId: place.parentId, path, status: "draft" as const, position: lastPosition(place.parentId) };
    const [made] = await inner
      .insert(pages)
      .values({ ...row, document: text?.document ?? null, html: text?.html ?? "" })
      .returning({ id: pages.id, version: pages.version });
    if (made === undefined) throw new Error("the page was not made");
    await keepRevision(inner, { kind: "page", id: made.id }, by);
    return { kind: "created", ...made };
  });
}
