import type { Tx } from "../../contracts/tx.ts";
import type { CreateResult, NewPost } from "../../contracts/writing.ts";
import { posts } from "../../models/blog.ts";
import type { PostId } from "../../models/ids.ts";
import { freeAddress, slugOf } from "../slugs.ts";
import { writeAround } from "./around-post.ts";
import { refusalOf } from "./check-piece.ts";
import { unlessRefused } from "./refused-by-database.ts";
import { keepRevision } from "./revisions.ts";

const NO_TEXT = { document: null, html: "", plaintext: "" };

/** Writes a draft and its first revision. Whoever writes it is its author where nobody else is named. */
export async function createPost(tx: Tx, { by, text, settings }: NewPost): Promise<CreateResult<PostId>> {
  const refusal = refusalOf(settings, text);
  if (refusal) return refusal;
  const { authorIds = by === null ? [] : [by], tagIds = [], productIds = [], ...columns } = settings;
  const slug = columns.slug ?? (await freeAddress(tx, "posts.slug", slugOf(columns.title, "post")));
  return unlessRefused(tx, slug, async (inner): Promise<CreateResult<PostId>> => {
    const [row] = await inner
      .insert(posts)
      .values({ ...columns, slug, ...(text ?? NO_TEXT) })
      .returning({ id: posts.id, version: posts.version });
    if (row === undefined) throw new Error("the post was not made");
    await writeAround(inner, row.id, { authorIds, tagIds, productIds });
    await keepRevision(inner, { kind: "post", id: row.id }, by);
    return { kind: "created", ...row };
  });
}
