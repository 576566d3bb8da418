import { eq, getTableColumns, type SQL, sql } from "drizzle-orm";
import type { PageForEditing } from "../../contracts/writing.ts";
import { plainText } from "../../infrastructure/sanitise-html.ts";
import { pages } from "../../models/blog.ts";
import { users } from "../../models/identity.ts";
import type { PageId } from "../../models/ids.ts";
import { media } from "../../models/media.ts";
import { revisions } from "../../models/revisions.ts";
import { pictureColumns, pictureOf } from "../pictures.ts";
import type { Reader } from "./read-post.ts";

const savedBy: SQL<string | null> = sql`(
  select ${users.name} from ${revisions} join ${users} on ${users.id} = ${revisions.savedBy}
  where ${revisions.pageId} = ${pages.id} and ${revisions.version} = ${pages.version})`;

/** A page as its editors see it, whatever its state; null: there is none. */
export async function readPage(reader: Reader, id: PageId): Promise<PageForEditing | null> {
  const [row] = await reader
    .select({ ...getTableColumns(pages), picture: pictureColumns, savedBy })
    .from(pages)
    .leftJoin(media, eq(media.id, pages.pictureId))
    .where(eq(pages.id, id));
  if (row === undefined) return null;
  const { version, status, deletedAt, updatedAt } = row;
  return {
    ...{ kind: "page", id, version, status, publishedAt: null, deletedAt, updatedAt },
    address: `/${row.path}`,
    text: { document: row.document, html: row.html, plaintext: plainText(row.html) },
    settings: {
      ...{ title: row.title, summary: row.summary, audience: row.audience },
      ...{ pictureId: row.pictureId, pictureAlt: row.pictureAlt, pictureCaption: row.pictureCaption },
      ...{ metaTitle: row.metaTitle, metaDescription: row.metaDescription },
      ...{ ogTitle: row.ogTitle, ogDescription: row.ogDescription, ogPictureId: row.ogPictureId },
      ...{ twitterTitle: row.twitterTitle, twitterDescription: row.twitterDescription, twitterPictureId: row.twitterPictureId },
    },
    picture: pictureOf(row.picture, row.pictureAlt),
    savedBy: row.savedBy,
    place: { parentId: row.parentId, slug: row.path.slice(row.path.lastIndexOf("/") + 1) },
  };
}
