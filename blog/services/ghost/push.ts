import type { GhostLink } from "@rose-ash/shared/contracts/ghost.ts";
import type { PieceKind } from "@rose-ash/shared/contracts/writing.ts";
import { escapeHtml } from "@rose-ash/shared/infrastructure/templating/escape.ts";
import { withOrigin } from "./addresses.ts";
import type { GhostClient } from "./client.ts";
import { type Face, type Field, fieldsOf } from "./face.ts";
import { collectionOf, ensureGhostTag, findTagged, type GhostPiece, listStaff, onlyPiece, WHOLE } from "./resources.ts";
import { SYNC_TAG } from "./their-face.ts";

/** What Ghost has now, and what editors should know. */
export interface Pushed {
  readonly piece: GhostPiece;
  readonly notes: readonly string[];
}

/**
 * Makes a piece in Ghost. An internal tag names it until its answer is written down: whoever asks again, because no answer came,
 * finds it by that tag. Ghost would give a taken address another ending without a word.
 */
export async function pushNew(client: GhostClient, link: GhostLink, face: Face): Promise<Pushed> {
  const tagName = SYNC_TAG + link.syncKey;
  const found = await findTagged(client, link.kind, `hash-${tagName.slice(1)}`);
  if (found) return { piece: found, notes: [] };
  const { fields, notes } = await bodyOf(client, face, new Set(fieldsOf(face, link.kind)));
  const tags = [...((fields["tags"] as { id: string }[]) ?? []), { id: (await ensureGhostTag(client, tagName)).id }];
  const collection = collectionOf(link.kind);
  const answer = await client.post(`${collection}/`, queryOf(fields), { [collection]: [{ ...fields, tags }] });
  const piece = onlyPiece(link.kind, answer.body);
  return { piece, notes: piece.slug === face.slug ? notes : [...notes, renamed(piece, face)] };
}

/** The tag has done its work. One that stays harms nobody. */
export async function dropSyncTag(client: GhostClient, piece: GhostPiece): Promise<void> {
  const tag = piece.tags.find(({ name }) => name.startsWith(SYNC_TAG));
  if (tag !== undefined) await client.remove(`tags/${tag.id}/`);
}

/** Changes these fields of a piece in Ghost, if it still is as it was read. */
export async function pushChanges(
  client: GhostClient,
  { kind, piece: theirs }: { kind: PieceKind; piece: GhostPiece },
  face: Face,
  changed: ReadonlySet<Field>,
): Promise<Pushed> {
  const { fields, notes } = await bodyOf(client, face, changed);
  const collection = collectionOf(kind);
  const body = { [collection]: [{ ...fields, updated_at: theirs.updated_at }] };
  const answer = await client.put(`${collection}/${theirs.id}/`, queryOf(fields), body);
  const piece = onlyPiece(kind, answer.body);
  const isRenamed = changed.has("slug") && piece.slug !== face.slug;
  return { piece, notes: isRenamed ? [...notes, renamed(piece, face)] : notes };
}

function renamed(piece: GhostPiece, face: Face): string {
  return `Its address in Ghost is ${piece.slug}: ${face.slug} was taken there.`;
}

/** Never newsletter: Ghost would send a mailing. */
function queryOf(fields: Record<string, unknown>): Record<string, string> {
  return { ...WHOLE, ...(fields["html"] !== undefined && { source: "html" }) };
}

type Written = Record<string, unknown>;

async function bodyOf(client: GhostClient, face: Face, changed: ReadonlySet<Field>): Promise<{ fields: Written; notes: string[] }> {
  const notes: string[] = [];
  const has = (field: Field) => changed.has(field);
  const text = withOrigin(face.text, client.url);
  const isOut = face.status !== "draft";
  const fields: Written = {
    ...(has("title") && { title: face.title }),
    ...(has("slug") && { slug: face.slug }),
    ...(has("text") && (typeof text === "string" ? { html: text } : { lexical: JSON.stringify(text) })),
    ...(has("excerpt") && { custom_excerpt: cut(face.excerpt, 300) }),
    ...(has("status") && { status: face.status }),
    ...((has("publishedAt") || has("status")) && isOut && face.publishedAt !== "" && { published_at: face.publishedAt }),
    ...(has("visibility") && { visibility: face.visibility }),
    ...(has("featured") && { featured: face.featured }),
    ...(has("canonicalUrl") && { canonical_url: face.canonicalUrl || null }),
    ...(has("picture") && { feature_image: withOrigin(face.picture, client.url) || null }),
    ...(has("pictureAlt") && { feature_image_alt: cut(face.pictureAlt, 191) }),
    ...(has("pictureCaption") && { feature_image_caption: escapeHtml(face.pictureCaption) || null }),
    ...shareOf(client, face, changed),
    ...(has("tags") && { tags: await tagsOf(client, face.tags) }),
  };
  if (!has("authors")) return { fields, notes };
  const authors = await authorsOf(client, face.authors);
  if (authors.length > 0) return { fields: { ...fields, authors }, notes };
  if (face.authors.length > 0) notes.push("None of its authors writes in Ghost: Ghost names its own.");
  return { fields, notes };
}

/** What search engines and links elsewhere are told; never code, which Ghost would put into its pages. */
function shareOf({ url }: GhostClient, face: Face, changed: ReadonlySet<Field>): Written {
  const all: readonly (readonly [Field, string, string | null])[] = [
    ["metaTitle", "meta_title", cut(face.metaTitle, 300)],
    ["metaDescription", "meta_description", cut(face.metaDescription, 500)],
    ["ogTitle", "og_title", cut(face.ogTitle, 300)],
    ["ogDescription", "og_description", cut(face.ogDescription, 500)],
    ["ogPicture", "og_image", withOrigin(face.ogPicture, url) || null],
    ["twitterTitle", "twitter_title", cut(face.twitterTitle, 300)],
    ["twitterDescription", "twitter_description", cut(face.twitterDescription, 500)],
    ["twitterPicture", "twitter_image", withOrigin(face.twitterPicture, url) || null],
  ];
  return Object.fromEntries(all.filter(([field]) => changed.has(field)).map(([, name, value]) => [name, value]));
}

/** By id only, each in its place: the list replaces what is there. */
async function tagsOf(client: GhostClient, names: readonly string[]): Promise<{ id: string }[]> {
  const tags: { id: string }[] = [];
  for (const name of names) tags.push({ id: (await ensureGhostTag(client, name)).id });
  return tags;
}

/** By id only: a mail address that Ghost does not know would become its owner. */
async function authorsOf(client: GhostClient, addresses: readonly string[]): Promise<{ id: string }[]> {
  if (addresses.length === 0) return [];
  const staff = await listStaff(client);
  return addresses.flatMap((address) => staff.filter(({ email }) => email.toLowerCase() === address).map(({ id }) => ({ id })));
}

function cut(words: string, most: number): string | null {
  return words.slice(0, most) || null;
}
