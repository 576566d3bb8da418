import type { Tx } from "../../contracts/tx.ts";
import type { CreateResult } from "../../contracts/writing.ts";
import type { PageId, PostId, UserId } from "../../models/ids.ts";
import { createPage } from "./create-page.ts";
import { createPost } from "./create-post.ts";
import { readPage } from "./read-page.ts";
import { readPost } from "./read-post.ts";

/** A draft with the same text and settings, of whoever copies it. It translates nothing: one post does so in each language. */
export async function copyPost(tx: Tx, id: PostId, by: UserId): Promise<CreateResult<PostId>> {
  const post = await readPost(tx, id);
  if (post === null) return { kind: "gone" };
  const { slug: _address, ...settings } = post.settings;
  const title = titleOf(settings.title);
  const authorIds = [...new Set([by, ...settings.authorIds])];
  return createPost(tx, { by, text: post.text, settings: { ...settings, title, authorIds, translationOf: null, isFeatured: false } });
}

/** A draft with the same text and settings, beside the page. */
export async function copyPage(tx: Tx, id: PageId, by: UserId): Promise<CreateResult<PageId>> {
  const page = await readPage(tx, id);
  if (page === null) return { kind: "gone" };
  const settings = { ...page.settings, title: titleOf(page.settings.title) };
  return createPage(tx, { by, place: { parentId: page.place.parentId }, text: page.text, settings });
}

function titleOf(title: string): string {
  return `${title.slice(0, 290)} (copy)`;
}
