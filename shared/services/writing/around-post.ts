import { eq } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { PostSettings } from "../../contracts/writing.ts";
import { postAuthors, postProducts, postTags } from "../../models/blog.ts";
import type { PostId } from "../../models/ids.ts";

/** Writes what stands around a post, in the order given, each thing once; a list that is absent stays as it is. */
export async function writeAround(
  tx: Tx,
  postId: PostId,
  { authorIds, tagIds, productIds }: Partial<Pick<PostSettings, "authorIds" | "tagIds" | "productIds">>,
): Promise<void> {
  if (authorIds) {
    await tx.delete(postAuthors).where(eq(postAuthors.postId, postId));
    const rows = [...new Set(authorIds)].map((userId, position) => ({ postId, userId, position }));
    if (rows.length > 0) await tx.insert(postAuthors).values(rows);
  }
  if (tagIds) {
    await tx.delete(postTags).where(eq(postTags.postId, postId));
    const rows = [...new Set(tagIds)].map((tagId, position) => ({ postId, tagId, position }));
    if (rows.length > 0) await tx.insert(postTags).values(rows);
  }
  if (productIds) {
    await tx.delete(postProducts).where(eq(postProducts.postId, postId));
    const rows = [...new Set(productIds)].map((productId, position) => ({ postId, productId, position }));
    if (rows.length > 0) await tx.insert(postProducts).values(rows);
  }
}
