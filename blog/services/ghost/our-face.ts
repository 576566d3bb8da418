import type { GhostService } from "@rose-ash/shared/contracts/ghost.ts";
import type { PieceForEditing } from "@rose-ash/shared/contracts/writing.ts";
import type { LexicalDocument } from "@rose-ash/shared/models/document.ts";
import type { MediaId } from "@rose-ash/shared/models/ids.ts";
import { mapOurPaths, ourPathsIn, withoutOrigin } from "./addresses.ts";
import { bySecond, type Face } from "./face.ts";
import { wrapForeign } from "./foreign-nodes.ts";
import type { GhostParts } from "./parts.ts";

/** Whom a post of Ghost's for paying members is for here: nobody, until somebody is put into this group. */
const PAYING_GROUP = "ghost-paid";

/** What a piece of ours is in Ghost's terms. What lies in the bin is a draft there. */
export async function ourFace(parts: GhostParts, piece: PieceForEditing): Promise<Face> {
  const { settings } = piece;
  const post = piece.kind === "post" ? piece : null;
  return {
    title: settings.title,
    slug: post?.settings.slug ?? piece.address.slice(1).replaceAll("/", "-"),
    text: await ourText(parts, piece),
    excerpt: piece.kind === "post" ? piece.settings.excerpt : piece.settings.summary,
    status: piece.status,
    publishedAt: piece.status === "draft" ? "" : bySecond(post?.publishedAt ?? null),
    visibility: visibilityOf(settings.audience),
    featured: post?.settings.isFeatured ?? false,
    tags: post?.tags.map(({ name }) => name) ?? [],
    authors: post ? await parts.services.ghost.listAddresses(post.settings.authorIds) : [],
    canonicalUrl: post?.settings.canonicalUrl ?? "",
    picture: await pictureOf(parts, piece.picture?.url ?? null),
    pictureAlt: settings.pictureAlt,
    pictureCaption: settings.pictureCaption,
    ...{ metaTitle: settings.metaTitle, metaDescription: settings.metaDescription },
    ...{ ogTitle: settings.ogTitle, ogDescription: settings.ogDescription, ogPicture: await storedPictureOf(parts, settings.ogPictureId) },
    ...{ twitterTitle: settings.twitterTitle, twitterDescription: settings.twitterDescription },
    twitterPicture: await storedPictureOf(parts, settings.twitterPictureId),
  };
}

/** Ghost's word for an audience of ours. Another group's is no word of Ghost's: such a piece does not go there. */
function visibilityOf(audience: string | null): string {
  if (audience === null) return "public";
  if (audience === "coop") return "members";
  return audience === PAYING_GROUP ? "paid" : `group:${audience}`;
}

/** The other way. What is for some of the paying is not shown to more people than that. */
export function audienceOf(visibility: string): string | null {
  if (visibility === "public") return null;
  return visibility === "members" ? "coop" : PAYING_GROUP;
}

/** A text that came as HTML is made a document, for Ghost alone. */
async function ourText(parts: GhostParts, { text }: PieceForEditing): Promise<LexicalDocument | string> {
  const document = text.document ?? (await documentOf(parts, text.html));
  if (document === null) return text.html;
  const places = await placesOf(parts, ourPathsIn(document));
  const ready = mapOurPaths(wrapForeign(document, parts.isKnown), (path) => places.get(path) ?? path);
  return withoutOrigin(ready, parts.client.url);
}

async function documentOf({ rendering }: GhostParts, html: string): Promise<LexicalDocument | null> {
  const converted = await rendering.fromHtml(html);
  return converted.kind === "converted" ? converted.document : null;
}

async function pictureOf(parts: GhostParts, path: string | null): Promise<string> {
  if (path === null) return "";
  return (await placesOf(parts, [path])).get(path) ?? path;
}

async function storedPictureOf(parts: GhostParts, id: MediaId | null): Promise<string> {
  if (id === null) return "";
  const { picture } = await parts.services.media.getItem(id);
  return pictureOf(parts, picture?.url ?? null);
}

/** Where Ghost finds what is at our paths: a file that came from there has its address there. */
async function placesOf({ services, publicUrl }: GhostParts, paths: readonly string[]): Promise<Map<string, string>> {
  const files: Awaited<ReturnType<GhostService["findFilesAt"]>> = paths.length > 0 ? await services.ghost.findFilesAt(paths) : [];
  const known = new Map(files.map(({ path, url }) => [path, url]));
  return new Map(paths.map((path) => [path, known.get(path) ?? publicUrl("blog", path)]));
}
